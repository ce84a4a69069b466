"""Whether a given name is a man's or a woman's: the commonest ones in news, compiled from general knowledge.

Names borne by both (Alex, Kim, Taylor) are left out: a wrong gender cuts a person off from the pronoun.
"""

from __future__ import annotations

from typing import Literal

Gender = Literal["m", "f"]


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


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
