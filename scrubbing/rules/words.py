"""Words that are no names: a user or host called like one of these counts only in a personal position.

The list is a selection made for programs' messages: what log lines, code, paths and command lines are full of, and
the accounts that machines come with. A word too few costs somebody's report that word; a word too many leaves a name
in free text, so first names are listed only where reports use them as words.
"""

from __future__ import annotations

import sys
from typing import Final

_ACCOUNTS = """
adm admin administrator anonymous apache app backup bin build builder ci circleci cloud coder daemon default deploy
deployer dev developer docker ec2-user ftp games git github gitlab guest http httpd jenkins jovyan kali linuxbrew
local localdomain localhost localuser mail mysql nginx nobody nonexistent oracle owner pi postgres public redis root
runner sandbox server service ssh steam student support svc svn sys sysadmin system systemd test tester testing ubuntu
user username users vagrant vscode web webapp webmaster work worker workspace www www-data
"""
_COMPUTERS = """
about account action active add address agent alert alias alpha analysis anchor angle answer ap api archive area arg
args argument array assert asset assets async attribute audio audit auth author auto avatar avatars await axis back
background bad bar base batch beta big binary bind bit block board body bold book bool boot border bot bottom bound
box branch bridge browser bucket buffer bug bundle bus button byte cache calendar call camera cancel card cart case
catalog category cell center chain change channel char character chart chat check child choice city class clean clear
cli click client clock clone close cluster code codec collection color column combo command comment commit common
company compiler complete component computer condition config conn connect connection console constant container
content context control controller cookie copy core corp cost count counter country course cpu create credential cron
crop cross css csv current cursor custom dashboard data database date day db debug deep default delay delete demo
depth design desktop destination detail device dialog dict diff digital dir direct directory disk display dns doc docs
document domain door double down download draft drag draw driver drop dry due dump dynamic early echo edge edit editor
effect element email empty enable encoder end engine entry env environment error even event every exact example
exception exec exit expert explore export extension external extra factory fail false fast favorite feature feed fetch
field figure file filename files filter filtered final find finish first fix fixed fixture flag flask flat float flow
flush folder font footer fork form format frame front full function future game gateway generic get global good gpu
graph green grid group guide half handle handler hard hardware hash head header health hello help helper hidden high
history home host hostname hot hour html hub human icon id idea idle image images import index info init inner input
insert inside install instance int integer interface internal internet invoice iron item items iter jar java job join
js json kernel key keyboard keys kind kit lab label lambda lamp lan language laptop large last late latest layer
layout lead leaf learn left legacy length level lib library license light limit line link list listen lite little live
load loader lock log logic login logs long loop loss low lower mac macbook machine macro magic mail main major make
manage manager manual many map market mask master match math max media medium member memory menu merge message meta
method metrics middle min mini minor minute missing mix mobile mock mode model models module money monitor month mount
mouse move multi music my name namespace native nav near need net network new news next nice night no node none normal
north note notes nothing notify null number object odd office offline offset ok old once one online only op open
option options orange order origin os other our out outer output outside over owner pack package page pages parent
park parse parser part pass patch path pattern pause payment pc people person phone photo pick picture piece pilot
ping pipe pixel pkg place plain plan planet platform play plot plugin plus pocket point policy poll pool pop port post
power prefix present press preview price primary prime print printer private process prod product production profile
profiles program project prompt property protocol provider proxy public pull pure push py python query queue quick
quiet quit radio ram random range rate ratio raw read reader ready real record red ref region register release remote
remove render repeat replace reply repo report request require reset resource response rest result retry return review
rich right ring river road robot role rollback room root round route router row rule run safe sale same sample sand
save scale scan schema school scope score screen script scripts sea search second secret section security seed segment
select self sell send senior sensor sentry sequence serial series serve session set settings setup shape share shared
sharp shell shift ship shop short show side sign signal silver simple single site size skip sleep slot slow small
smart snap socket soft solid some song sound source south space spark spec special speed split spot spring sql square
src stable stack stage staging standard star start state static station stats status step stone stop storage store
stream street strict string strong studio style sub subject success suffix sum sun super switch symbol sync syntax
system tab table tag tail target task tea team tech temp template tempo ten term terminal test text theme thing thread
tick ticket tile time timeout timer tiny title tmp today token tool tools top topic total tower town trace track trade
train transform tree trial trigger true trunk trust tty tube tune tuple turn tv two type udp uid ultra undefined under
union unit universal unix unknown up update upload uploads upper upstream urgent uri url usage usb util utils uuid
valid value var vector vendor verify version video view views virtual visit vm voice void volume vpn wait wall warning
wasm watch watcher water way weather webhook week west wheel white wide widget width wifi wild win wind window windows
wire wise word words workgroup workstation world wrap write writer wrong xml yaml year yellow yes yet you zero zip
zone zoom
"""
#: Ordinary words that are names of people too.
_PEOPLE = """
ace amber angel april art august autumn basil bill buck bud chance chase chip clay cliff dawn drew duke earl faith
flora frank grace grant gray harmony hazel heath hope iris ivy jack jade jasmine jay jewel june lance lane mark
marshall max may melody mercy miles misty norm olive page pat patience pearl penny pepper pierce poppy prince queen
rain ray red reed rich ring robin rock rod roman rose ruby rusty sage scout sierra skip sky stone storm summer sunny
trinity van victor violet wade ward west will willow wolf woods wren young
"""
_SENTENCE = """
able above across after again against ago all allow almost already also always am among an and any are around as ask
at away be became because been before began behind being below best better between both bring but by came can cannot
come could did do does done during each else enough ever expected failed far few for found from gave give given go
going gone got had has have having he her here him his how however if in into is it its just keep kept kill know known
later least leave less let like likely look lost made may maybe me mean might more most much must near need never not
now of off often on onto or ought out own per perhaps put rather really said saw say see seem seen sent several shall
she should since so such sure take taken tell than that the their them then there these they this those though through
till to together told too took toward tried try under unless until upon us use used uses using very want was we well
went were what when where whether which while who whom whose why with within without would
"""

_PAIRS = """
ai ac ad af al am an ar as at au av az be bg bn br bs bz ca cc cd ch ci cn co cp cs cu cv cy da db dc dd de df dk dl
do dt du ec ed ee eg el en eq er es et eu ex fa fc fd fi fk fm fn fp fr fs ft ga gb gc gd ge gl gn go gp gr gt gz ha
hd he hi hk hr hu id ie if il im in io ip is it iv ja jp js kb kg km ko kr ks lb ld le lf li ln lo ls lt lu lv ma mb
md me mg mk ml mm mn mp ms mt mv my na nb nc ne nf ng nl nm nn no np nr nu nx nz of ok om on op or os ot pa pb pc pd
ph pi pk pl pm pn pr ps pt pu pw py qa qt ra rb rc rd re rl rm ro rs rt ru rw rx sa sb sc sd se sh si sk sl sm so sp
sq sr ss st su sv sw sy ta tb tc td te tf tg th tk tl tm tn to tr ts tv tx tz ua ud ui uk ul un up ur us uv ux va vb
vc vi vm vn vs vt we wm wp ws xl xs xy yd ye yo zh zz
"""
#: Pairs of letters that texts are full of: languages, commands, units, endings of files.
PAIRS: Final = frozenset(_PAIRS.split())
_CODE = """
__init__ __pycache__ __tests__ accounts actions activate admin api assets auth avatar avatars backend cards common
components controllers core create dashboard delete detail details dtos edit entities fixtures forms frontend guards
handlers helpers hooks i18n icons images index interfaces layouts lib list locale locales login logout me media
middleware migrations models new pages partials permissions profile profiles public queries register repositories
reset resolvers roles routes schemas search serializers services settings shared show signup src static store stories
styles templates tests theme themes types update urls utils validators views widgets
"""
#: Folders of code, in which ``users`` and ``home`` are a program's and nobody's.
CODE_FOLDERS: Final = frozenset(_CODE.split())
#: All of them in lower case, the standard library's modules included.
ORDINARY: Final = frozenset(f"{_ACCOUNTS} {_COMPUTERS} {_PEOPLE} {_SENTENCE}".split()) | {
    module.lower() for module in sys.stdlib_module_names
}
#: Names of accounts that programs and databases come with.
ACCOUNTS: Final = frozenset(_ACCOUNTS.split())
#: Web pages, shared folders and stand-ins that stand below /home or /Users without being anybody's.
NOBODY: Final = ("page", "index", "dashboard", "about", "login", "feed", "linuxbrew", "Shared", "Public", "Guest", "me")
