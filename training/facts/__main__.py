"""Compiles ``src/onrecord/data/facts.*`` from the collected tables.

    python -m training.facts --data ../shared/data/facts

Office holders come from the two collections that may be given on freely (CC0); states, capitals, demonyms,
bodies of government and the holders the collections lack stand in the ``.psv`` files beside this one. The
same input gives the same bytes. See docs/decisions/facts.md.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from pathlib import Path

from onrecord.facts.table import fold, key
from training.facts.offices import Term, corrected, term_of

HERE = Path(__file__).resolve().parent
OUT = HERE.parent.parent / "src" / "onrecord" / "data"
SECTION = "\f\n"
OWN = "own knowledge"
# Further addresses of outlets, besides the one of the collected table.
DOMAINS = {
    "BBC": "bbc.co.uk",
    "Sputnik": "sputnikglobe.com;sputniknews.cn",
    "The Guardian": "guardian.co.uk",
    "Al Jazeera": "aljazeera.net",
}


def main() -> None:
    """Writes both tables and says how large they are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="holds office_holders.csv and the others")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    states = rows_of("states")
    codes = {row[0] for row in states}
    write(options.out / "facts.names.gz", names(states, options.data))
    terms = collected(options.data, codes)
    write(options.out / "facts.offices.gz", offices(corrected(terms, own_terms())))


def rows_of(name: str) -> list[list[str]]:
    """The rows of one of our own tables."""
    return [line.split("|") for line in (HERE / f"{name}.psv").read_text("utf-8").splitlines() if line]


def names(states: list[list[str]], data: Path) -> str:
    """States, organisations and outlets: one section each, one row a line, cells by tabs, names by ``;``."""
    taken = {row[0] for row in rows_of("organs")}
    organs = [[*row, ""][:5] for row in rows_of("organs")]
    for row in table(data / "organisations.csv"):
        if row["name"] not in taken:
            names = [row["name"], row["acronym"], row["kind"], row["country_iso3"], row["aliases"]]
            organs.append(names)
    outlets = [
        [row["name"], domains(row), row["kind"], row["country_iso3"], row["state_funded"], row["aliases"]]
        for row in table(data / "outlets.csv")
    ]
    return SECTION.join(lines(rows) for rows in (sorted(states), sorted(organs), sorted(outlets)))


def domains(row: dict[str, str]) -> str:
    """All known domains of an outlet, the main one first."""
    return ";".join(one for one in (row["domain"], DOMAINS.get(row["name"], "")) if one)


def collected(data: Path, codes: set[str]) -> list[Term]:
    """Every usable row of the collections."""
    terms: list[Term] = []
    for name in ("office_holders.csv", "office_holders_extra.csv"):
        terms += [term for row in table(data / name) if (term := term_of(row, codes)) is not None]
    return terms


def own_terms() -> list[Term]:
    """The holders written by hand."""
    return [
        Term(
            kind=kind, state=state, title=title, organisation=organisation, person=person,
            aliases=tuple(alias for alias in aliases.split(";") if alias), since=since, until=until,
            confirmed="" if until else "2025-09", source=OWN,
        )
        for kind, state, organisation, title, person, aliases, since, until in rows_of("holders")
    ]  # fmt: skip


def offices(terms: list[Term]) -> str:
    """Four sections: sources, persons, a directory (kind, state, number of terms), terms in that order.

    A person's row has the keys of all tokens of their names, which would take long to work out at each start.
    """
    sources = {source: at for at, source in enumerate(sorted({term.source for term in terms}))}
    aliases: dict[tuple[str, str], set[str]] = {}
    for term in terms:
        aliases.setdefault(identity(term), set()).update(term.aliases)
    persons = {one: at for at, one in enumerate(sorted(aliases))}
    groups: dict[tuple[str, str], list[list[str]]] = {}
    for term in sorted(terms, key=lambda term: (term.kind, term.state, term.since, term.title, term.person)):
        cells = [
            str(persons[identity(term)]), term.since, term.until, term.confirmed, str(sources[term.source]),
            term.title, term.organisation,
        ]  # fmt: skip
        groups.setdefault((term.kind, term.state), []).append(cells)
    people = [person_row(name, mark, sorted(aliases[name, mark] - {name})) for name, mark in sorted(aliases)]
    directory = [[*group, str(len(rows))] for group, rows in groups.items()]
    flat = [cells for rows in groups.values() for cells in rows]
    return SECTION.join(lines(part) for part in ([[source] for source in sources], people, directory, flat))


def identity(term: Term) -> tuple[str, str]:
    """Name and Wikidata identifier of a person; the state in its place where there is none."""
    return term.person, term.wikidata or term.state


def person_row(name: str, mark: str, aliases: list[str]) -> list[str]:
    """The row of a person."""
    keys = sorted(set(map(key, fold(" ".join((name, *aliases))).split())))
    return [name, ";".join(aliases), mark, " ".join(keys)]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(rows: list[list[str]]) -> str:
    """Rows as lines; no cell may hold a tab or a line break."""
    return "".join("\t".join(" ".join(cell.split()) for cell in row).rstrip("\t") + "\n" for row in rows)


def write(path: Path, text: str) -> None:
    """The text, gzipped without name and time."""
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{path.name}: {path.stat().st_size:,} bytes, {text.count(chr(10)):,} lines")


if __name__ == "__main__":
    main()
