"""What nobody sees, and which marks turned text has."""

from dcat_hk.reading.documents.looks import UNKNOWN, WHITE, Surroundings, is_unseen, kind_of_turn, read_colour


def test_letters_are_unseen_only_on_their_own_colour():
    """Where nothing is known of what is behind, or one of several colours differs, letters are seen."""
    assert not is_unseen(WHITE, frozenset())
    assert is_unseen(WHITE, frozenset({WHITE, (250, 250, 250)}))
    assert not is_unseen(WHITE, frozenset({WHITE, (242, 242, 242)}))
    assert read_colour("FFF") is None


def test_right_angles_turn_text_and_others_make_a_stamp():
    """Text that runs up or down is turned, upside down or straight it is not, across it is a stamp."""
    assert [kind_of_turn(angle) for angle in (-45, -90, 360, 90.2)] == ["stamp", "turned", "", "turned"]


def test_a_box_has_its_own_ground_and_direction():
    """Nothing is known of what is behind a box without a colour; text in it runs as the box does."""
    around = Surroundings(kinds=("turned", "typed"))
    assert around.boxed(None, "") == Surroundings(UNKNOWN, ("typed",))
    assert around.boxed(WHITE, "stamp") == Surroundings(frozenset({WHITE}), ("typed", "stamp"))
    assert around.marked("typed", "") is around
