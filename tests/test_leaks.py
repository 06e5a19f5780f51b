from letters.parsing.document import Block, Document, Leak, LeakKind
from letters.parsing.leaks import LEAK, find_leaks, leak_problems


def document(*leaks: Leak, lines: tuple[str, ...] = ()) -> Document:
    return Document("application/pdf", tuple(Block(line) for line in lines), leaks=leaks)


def test_what_a_reader_saw_and_who_stands_in_the_letterhead_leak_with_the_name_of_the_file():
    author = Leak(LeakKind.AUTHOR, ("J. Jansen",))

    leaks = find_leaks(document(author, lines=("Contactpersoon: A. de Vries",)), "brief.docx")

    assert leaks == (
        Leak(LeakKind.AUTHOR, ("J. Jansen",), "brief.docx"),
        Leak(LeakKind.CONTACT_PERSON, ("A. de Vries",), "brief.docx"),
    )


def test_a_file_that_leaks_is_one_problem_that_names_what_it_holds():
    leaks = (
        Leak(LeakKind.COMMENTS, ("Klopt dit?",), "brief.docx"),
        Leak(LeakKind.AUTHOR, ("A", "B", "C", "D"), "brief.docx"),
    )

    (problem,) = leak_problems(leaks, "brief.docx", "0" * 64)

    assert (problem.code, problem.field) == (LEAK, f"file:{'0' * 64}")
    assert problem.message.startswith("In “brief.docx”")
    assert "opmerkingen in de kantlijn (“Klopt dit?”)" in problem.message
    assert "(“A”, “B”, “C” en meer)" in problem.message


def test_a_file_that_leaks_nothing_is_no_problem():
    leaks = find_leaks(document(lines=("Een alinea.",)), "brief.docx")

    assert leak_problems(leaks, "brief.docx", "0" * 64) == []
