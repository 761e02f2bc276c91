"""What commands print: heads of tables, counts, remarks."""
