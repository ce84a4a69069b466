"""Words that say what a mention may stand for: pronouns, titles, and nouns of one gender or number.

Compiled from general knowledge of English news; everything is lower case.

Whether a given name is a man's or a woman's: the commonest ones in news, compiled from general knowledge.

Names borne by both (Alex, Kim, Taylor) are left out: a wrong gender cuts a person off from the pronoun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Number = Literal["one", "many"]


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a pronoun says of what it stands for."""

    person: int  # 1, 2 or 3
    number: Number | None
    gender: Gender | None
    animate: bool | None  # None: may be either
    case: Literal["subject", "object", "possessive", "reflexive", "other"]


def _pronouns() -> dict[str, Pronoun]:
    """All personal pronouns, and those that point at something said before."""
    rows: tuple[tuple[str, int, Number | None, Gender | None, bool | None], ...] = (
        ("i me my myself mine", 1, "one", None, True),
        ("we us our ourselves ours", 1, "many", None, True),
        ("you you your yourself yours", 2, None, None, True),
        ("he him his himself his", 3, "one", "m", True),
        ("she her her herself hers", 3, "one", "f", True),
        ("it it its itself its", 3, "one", None, False),
        ("they them their themselves theirs", 3, "many", None, None),
    )
    found: dict[str, Pronoun] = {}
    cases: tuple[Literal["subject", "object", "possessive", "reflexive"], ...] = (
        "subject", "object", "possessive", "reflexive", "possessive",
    )  # fmt: skip
    for words, person, number, gender, animate in rows:
        for word, case in zip(words.split(), cases, strict=True):
            found.setdefault(word, Pronoun(person, number, gender, animate, case))
    found["yourselves"] = Pronoun(2, "many", None, True, "reflexive")
    for word in ("this", "that", "which"):
        found[word] = Pronoun(3, "one", None, False, "other")
    for word in ("these", "those"):
        found[word] = Pronoun(3, "many", None, None, "other")
    for word in ("who", "whom"):
        found[word] = Pronoun(3, None, None, True, "other")
    return found


PRONOUNS = _pronouns()
PERSONAL = frozenset(word for word, one in PRONOUNS.items() if one.case != "other")

MALE_TITLES = _words(
    "mr sir lord king prince duke father fr brother baron congressman councilman senor mister herr"
)
FEMALE_TITLES = _words(
    """
    mrs ms miss dame lady queen princess duchess sister mother baroness congresswoman councilwoman madame
    mme madam
    """
)
HONORIFICS = MALE_TITLES | FEMALE_TITLES | _words("mx dr prof professor rev reverend hon")
# Words that stand before a person's name and are no part of it.
TITLES = HONORIFICS | _words(
    """
    sen senator senators rep reps representative congressman congresswoman gov governor mayor president
    president-elect vice-president premier chancellor minister secretary ambassador consul envoy chairman
    chairwoman chair chairperson chief head director spokesman spokeswoman spokesperson leader speaker
    deputy prime attorney general gen lt lieutenant col colonel maj major capt captain cmdr commander sgt
    sergeant adm admiral brig brigadier marshal cpl corporal private officer detective sheriff judge justice
    pope rabbi imam sheikh sheik ayatollah mullah cardinal bishop archbishop pastor emir sultan shah crown
    emperor empress pm mp coach ceo cfo coo editor author writer journalist reporter correspondent actor
    actress singer candidate nominee manager adviser advisor aide strategist pollster analyst economist
    historian lawyer activist businessman businesswoman billionaire tycoon commissioner superintendent
    inspector professor-emeritus assemblyman assemblywoman alderman delegate undersecretary under-secretary
    solicitor treasurer laureate dictator strongman founder co-founder chairman-elect negotiator diplomat
    host anchor comedian rapper star veteran hon amb pres councillor comrade citizen
    """
)
# Stand before titles and say nothing of the name.
BEFORE_TITLES = _words(
    """
    former then then- acting interim current incoming outgoing ex ex- late first second deputy vice
    assistant newly elected reelected longtime fellow chief executive the his her their our its my your
    retired one-time onetime presidential vice-presidential national foreign prime senior special permanent
    official
    """
)
SUFFIXES = _words("jr sr ii iii iv md phd esq mp mep qc kc")
PARTICLES = _words("de da di del della der den van von la le el al ben bin ibn abu bint dos du st ter ten")

MALE_NOUNS = _words(
    """
    man boy gentleman father son brother husband uncle nephew grandfather grandson king prince businessman
    spokesman congressman councilman chairman policeman fireman assemblyman actor waiter lord boyfriend
    widower statesman anchorman cameraman salesman dad duke monk priest pope imam groom stepfather fisherman
    guy fellow gunman
    """
)
FEMALE_NOUNS = _words(
    """
    woman girl lady mother daughter sister wife aunt niece grandmother granddaughter queen princess
    businesswoman spokeswoman congresswoman councilwoman chairwoman policewoman actress waitress girlfriend
    widow mom mum duchess nun bride stepmother hostess heroine
    """
)
# Singular in form, many people in fact: "they" may go back to them.
COLLECTIVES = _words(
    """
    team government campaign ministry company committee police group party family army military navy council
    agency administration staff crowd band union commission board court department organization organisation
    firm panel delegation coalition opposition regime cabinet parliament congress senate house public couple
    majority minority press media crew force bank club corporation institute office bureau side population
    community nation state country movement militia gang audience jury embassy association foundation league
    faction troupe faculty
    """
)
PLURALS = _words("people police men women children folks others media troops data authorities clergy cattle")
_SINGULARS_IN_S = _words(
    """
    news series politics economics congress press class boss glass business process success chaos crisis
    analysis basis virus campus status bus gas plus texas headquarters united states gracias always this his
    us its princess actress witness hostess waitress duchess mistress address progress access illness
    happiness congresswoman
    """
)
# A capital before these is no name: the word stands for a role or a body.
BODIES = _words(
    """
    ministry department office agency bureau council committee commission parliament congress senate court
    army military navy government administration party university company embassy assembly association
    institute bank union force forces command police campaign team foundation organization organisation
    service corps house
    """
)
REPORTERS = _words("reporters journalists viewers listeners supporters fans")


def number_of(noun: str) -> Number:
    """Whether a noun (lower case) is of one or of many.

    >>> number_of("officials"), number_of("boss"), number_of("people")
    ('many', 'one', 'many')
    """
    if noun in PLURALS:
        return "many"
    if noun in _SINGULARS_IN_S or len(noun) < 4 or noun.endswith(("ss", "us", "is")):
        return "one"
    return "many" if noun.endswith(("s", "men", "women")) else "one"


def gender_of_noun(noun: str) -> Gender | None:
    """Tells "m" or "f" for a noun that is only of one."""
    return "m" if noun in MALE_NOUNS else "f" if noun in FEMALE_NOUNS else None


Gender = Literal["m", "f"]


_MEN = _words(
    """
    aaron abbas abdel abdul abdullah abraham adam adolf adrian ahmad ahmed alan albert alberto alejandro
    aleksandr aleksei alexander alexandre alexei alexey alfred ali allen alvaro amir anatoly anders andre
    andreas andrei andres andrew andrey angus anthony antonio antony arnold arthur asif augusto avi bashar
    barack ben benedict benjamin benny bernard bernie bert bill billy bob bobby boris brad bradley brandon
    brendan brett brian bruce bryan calvin carl carlos charles charlie chris christian christopher chuck
    claude cody colin craig curtis dale damon dan daniel danny darren dave david dean denis dennis derek
    dick diego dimitri dirk dmitri dmitry dmytro dominic don donald doug douglas duncan dwight earl ed eddie
    edgar eduardo edward edwin elias elijah elliott emmanuel enrique erdogan eric erik ernest ernesto ethan
    eugene evan evo fabio federico felipe felix ferdinand fernando fidel floyd francis francisco francois
    frank franklin fred frederick gabriel gareth gary gavin geoff geoffrey george gerald gerard gerhard
    gilbert giorgio giovanni giuseppe glenn gordon graham greg gregory guillermo gunter gustavo guy hamid
    hans harold harry hassan heiko helmut henrik henry herbert herman hosni howard hugh hugo hussein ian
    ibrahim igor ilham imran isaac ismail ivan ivo jack jacob jacques jair jake james jamie jan jared jason
    javier jeff jeffrey jens jeremiah jeremy jerome jerry jesus jim jimmy joachim joao joe joel johan
    johannes john johnny jon jonas jonathan jorge jose josef joseph josh joshua juan juha julian julio
    justin kamal karl keith kenneth kevin khalid kirk klaus konstantin kurt kyle lance larry lars lawrence
    lee leo leon leonard leonid leonardo leopoldo lev liam lindsey lloyd louis luca lucas luigi luis luiz
    lula luke mahmoud malcolm manuel marc marcel marcelo marco marcos marcus mario mark markus martin marvin
    mateusz matt matteo matthew maurice mauricio max maxim michael michel miguel mike mikhail mikheil milos
    mitch mitt mohamed mohammad mohammed moises moqtada muammar muhammad mustafa narendra nathan nathaniel
    ned neil nelson newt nicholas nick nicolas nigel nikita nikolai nikolay nikos noah norman oleg oliver
    omar oscar oswald otto owen pablo patrick paul paulo pavel pedro pete peter petro phil philip philippe
    phillip pierre piotr rafael rahul ralph ramzan randy raul ray raymond recep reince rex ricardo richard
    rick rob robert roberto robin rodney rodrigo roger roland roman ron ronald ronnie roy rudolph rudy
    rupert russell ryan saddam salman salvador sam samuel santiago scott sean sebastian sergei sergey sergio
    shane shinzo sidney silvio simon stan stanley stefan stephen steve steven stuart sven ted terry theodore
    thierry thomas tim timothy toby todd tom tommy tony travis trevor tyler valery vasily vernon victor
    viktor vincent vitaly vladimir volodymyr vyacheslav walter warren wayne werner wesley william winston
    wolfgang woodrow xavier yair yasser yevgeny yitzhak yoshihide yuri yury zachary zalmay
    """
)
_WOMEN = _words(
    """
    abigail ada adele agnes aisha alexandra alexandria alice alicia alina alison allison alyssa amanda amber
    amelia amina amy ana anastasia andrea angela angelina anita ann anna annalena anne annette annie ariana
    ashley audrey aung ava barbara beatrice bella benazir bernadette beth betsy betty beverly bianca brenda
    briana bridget brigitte brittany brooke camilla candace carla carly carmen carol caroline carolyn caryn
    cassandra catherine cathy cecilia charlotte chelsea cheryl christina christine claire clara claudia
    colleen condoleezza connie consuelo cora corazon corina cristina crystal cynthia daisy daniela danielle
    darlene dawn deborah debbie debra delcy denise diana diane dilma dina dolores donna doris dorothy edith
    eileen elaine eleanor elena eliza elisabeth elizabeth ella ellen elsa emily emma erica erika erin
    estelle esther eva evelyn fatima federica felicia fiona florence frances francesca gabriela gabrielle
    geraldine gina giorgia glenda gloria grace greta gwen hannah harriet hayley heather heidi helen helena
    helga hilary hillary holly hope huma ida ilana imelda indira inga ingrid irene irina iris isabel
    isabella ivana ivanka ivonne jacinda jackie jacqueline jane janet janice jasmine jean jeanette jeanine
    jen jenna jennifer jenny jessica jill jillian joan joanna joanne jocelyn jodi josephine joy joyce
    juanita judith judy julia juliana julie kaja kamala karen karin karine karla kate katherine kathleen
    kathryn kathy katie katrina kayleigh keiko kellyanne kirsten kristen kristin kristina lana lara larisa
    laura lauren leah leila lena leticia leslie lilian liliana lillian linda lisa liz liza lois lori
    lorraine louise lucia lucy lydia lyudmila madeleine madeline madison maggie malala malia mandy marcia
    margaret margarita maria mariana marianne marie marilyn marina marine marion marissa marjorie marsha
    martha mary matilda maureen maxine megan meghan melania melanie melinda melissa mercedes meredith mette
    mia michelle mildred miranda miriam molly monica monika myra nadia nadine nancy naomi natalia natalie
    natasha nellie nicola nicole nikki nina nora norma olga olena olivia ophelia paige pamela patricia patty
    paula paulina pauline pearl peggy penelope penny phoebe phyllis priscilla priti priya rachel ramona
    rebecca regina renee rita roberta rochelle rosa rose rosemary roxanne ruth sabrina sahra sally samantha
    sandra sanna sarah sara sasha savannah selena shaheen sharon sheila shelley sheryl shirley silvia simone
    sofia sonia sophia sophie stacey stella stephanie sue susan susana suzanne svetlana sylvia tamara tammy
    tania tatiana tatyana teresa theresa tiffany tina tracy tulsi ursula valentina valerie vanessa vera
    veronica victoria viola violet vivian wendy whitney wilma winifred xiomara yelena yolanda yulia yvette
    yvonne zainab zoe
    """
)


def gender_of_given(name: str) -> Gender | None:
    """Tells "m" or "f" for a folded given name that is nearly always one of them, else None.

    >>> gender_of_given("hillary"), gender_of_given("sergei"), gender_of_given("kim")
    ('f', 'm', None)
    """
    return "m" if name in _MEN else "f" if name in _WOMEN else None
