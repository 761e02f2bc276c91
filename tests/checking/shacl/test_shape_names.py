"""Names of shapes: never the label of a blank node, always the same."""

import pytest
from support.shacl_graphs import turtle

from dcat_hk.checking.shacl.shape_names import ShapeNames
from dcat_hk.checking.shacl.shapes import graph_of
from dcat_hk.checking.shacl.triples import strings

#: Shapes with a blank node that has ex:it, and its name.
NAMED = {
    "ex:s ex:it 1 .": "urn:x:s",
    "ex:s sh:property [ sh:path ex:p ; ex:it 1 ] .": "urn:x:s › urn:x:p",
    "ex:s sh:property [ sh:path [ sh:inversePath ex:p ] ; ex:it 1 ] .": "urn:x:s › ^<urn:x:p>",
    "ex:s sh:property [ ex:it 1 ] .": "urn:x:s › sh:property",
    "ex:s sh:property [ sh:path _:p ; ex:it 1 ] . _:p sh:inversePath _:p .": "urn:x:s › sh:property",
    "ex:s sh:property [ sh:path ex:p ; sh:or ( [ sh:nodeKind sh:IRI ] [ ex:it 1 ] ) ] .": "urn:x:s › urn:x:p › sh:or",
    "ex:s sh:property [ sh:path ex:p ; sh:node [ sh:property [ sh:path ex:q ; ex:it 1 ] ] ] .": (
        "urn:x:s › urn:x:p › urn:x:q"
    ),
    "ex:s ex:own [ ex:it 1 ] .": "urn:x:s › urn:x:own",
    "ex:z sh:node _:b . ex:a sh:node _:b . _:b ex:it 1 .": "urn:x:a › sh:node",
    "[] sh:targetClass ex:C ; ex:it 1 .": "shape with sh:targetClass urn:x:C",
    "[] sh:path ex:p ; ex:it 1 .": "shape of urn:x:p",
    "[] ex:it 1 .": "shape without a name",
    "_:a sh:node _:b . _:b sh:node _:a ; ex:it 1 .": "shape without a name",
}


@pytest.mark.parametrize("text", NAMED)
def test_a_shape_is_named_by_the_nearest_iri_and_the_way_from_there(text):
    """Paths tell the way; where there is none, the last link does; without an IRI a target or a path does."""
    graph = graph_of(strings(turtle(text)))
    (node,) = [subject for subject, said in graph.items() if "<urn:x:it>" in said]
    assert ShapeNames(graph).of(node) == NAMED[text]
