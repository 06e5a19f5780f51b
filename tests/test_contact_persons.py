import pytest

from letters.parsing.document import Block
from letters.parsing.leaks.contact_persons import find_contact_persons

HEADS = [
    (["Contactpersoon", "mr. A. de Vries", "T +31 70 348 6486"], ("mr. A. de Vries", "+31 70 348 6486")),
    (["Contactpersoon: J. Jansen", "Datum 3 juni 2031"], ("J. Jansen",)),
    (["Behandeld door\tdrs. P. Pietersen"], ("drs. P. Pietersen",)),
    (["E j.jansen@minbuza.nl", "T 06-12345678"], ("j.jansen@minbuza.nl", "06-12345678")),
    # a label without a name, a box of a directorate, a ministry's own number: nobody
    (["Contactpersoon", "Datum 3 juni 2031"], ()),
    (["Directie Veiligheidsbeleid", "dvb-nw@minbuza.nl", "T 070 348 64 86"], ()),
    (["Onze referentie", "BZDOC-1649422007-40"], ()),
]


@pytest.mark.parametrize(("lines", "values"), HEADS)
def test_persons_in_a_letterhead_are_named(lines, values):
    leaks = find_contact_persons([Block(line) for line in lines])

    assert tuple(value for leak in leaks for value in leak.values) == values


def test_an_address_far_below_the_letterhead_is_no_contact_person():
    blocks = [Block("Een alinea.")] * 80 + [Block("Contactpersoon: J. Jansen")]

    assert find_contact_persons(blocks) == ()
