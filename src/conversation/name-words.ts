/** Words that tell a name from other words with a capital. Lower case. */
import { listed } from "../listed.ts";

/**
 * First names, from the places that people come from and from those they come to. Names that are also ordinary words,
 * months, days or places (April, Will, Grace, Hope, Mark, Jordan) are left out: they are told by what stands beside them.
 */
export const firstNames = listed(`
  aaron abbas abdel abdi abdirahman abdul abdullah abdullahi abebe abel abena abigail abraham abu adam adama adamu
  adel adele adnan adrian afia afsaneh agnes ahmad ahmed aicha aida aisha aissatou akosua akram alan alana albert
  alejandra alejandro aleksandr alem alemu alex alexander alexandra alexei alfred alhassan ali alice alicia alina
  alison allan almaz ama amadou amal aman amanda amara amarachi amare amelia amin amina aminata amir amira amit ammar
  amy ana anastasia andre andrea andrei andrew andrey andriy angela angelica anika anisa anita anjali ann anna anne
  annie anthony anton antonio anwar aram arash ariana arif arjun arman arthur artur arvin aryan asad asha ashley
  ashraf asif aster astrid ayaan ayan ayesha aylin ayman aymen ayse azadeh azeb aziz aziza baba babak bahar bahram
  baran barbara bashar bashir basma beatrice behrouz belal ben benjamin berhane bernard bilal bilan binta birgit
  birhan bob bogdan bongani boris brian bridget bruno caleb camila carlos carmen caroline catherine cecilia cem
  chiara chidi chinedu chioma chris christian christina christine christopher claire clara claudia colin connor cyrus
  daniel daniela danielle danijel danylo dara darius dariush dariya darya dave david davit dawit debbie deborah denis
  deniz dennis deqa desta diana diego dilan dina dinara dmitri dmitry dmytro dominic donald donna dorota dragan
  duncan dunya ebru eden edgar edith eduardo edward edwin efua ehsan ekaterina elaine elena eleni elham elias elif
  elisa elizabeth ella ellen elmira elsa emebet emil emily emine emir emma emmanuel emre enrique eric erica erik esra
  esther ethan eugene eva evelyn eyob ezra fadi fadia fadumo faisal faiza faizal farah farhad farhan fariba farid
  farida farzad farzana fatemeh fathi fatih fatima fatma fatou fatoumata fatuma fawzia federico felix fereshteh
  fernando filmon fiona firas fouad francesca francesco francis francisco francois freweini freya fuad gabriel
  gabriela gareth gary gavin gebre genet george gerald ghada ghassan ghulam gideon gilbert giorgi giulia gloria
  gordon graham greg gregory guillermo gul gulsum gustavo haben habib habiba habtom hadi hadija hafsa haile hala
  halima hamed hamid hamida hamza hana hanan hani hannah hans harriet harry hasan hassan hassina hawa hayat haydar
  heather hector heidi helen helena henok henry hiba hibo hodan hossein houda hugo hussain hussein ibrahim ibrahima
  idris ifrah igor ikram ilham ilias ilya iman imran ines inga ingrid irene irina iryna isaac isabel isabella isak
  ishaq isla ismail issa ivan ivana jack jackie jacob jacqueline jafar jake jamal james jamie jamila jamshid jan jana
  jane janet jasmin jasmine jason javad javier jean jeanne jelena jennifer jenny jens jeremy jerome jessica jibril
  jill jim joan joana joanna joanne joao joe johan johanna john johnny jonas jonathan jorge jose josef joseph
  josephine joshua juan juana judith julia julian juliana julie juliet julio kader kadiatou kaltrina kamal kamala
  kamil kamila kamran karen karim karima karin karina karl kasim katarina kate katerina katherine kathleen kathryn
  katie katya kaveh kaveri kazem kebede kelly kemal ken kenneth kerry kevin khadija khaled khalid khalil khatera kim
  kiran kirsten klaus kofi kojo kristina krisztina kwabena kwame kyrylo ladan laila lana larissa latifa laura lauren
  lawrence layla leah leila lena leo leon leonard leonardo leonid leyla lida lila lilian liliana lilly lina linda
  lisa liu liya ljubica lorena louis louise luca lucas lucia lucy luis luisa luka lul luwam lwam lydia lyubov madina
  magda magdalena mahad mahamadou mahdi mahmoud mahmud mahnaz mahsa mai maimouna majid malaika malak malek malik
  malika mamadou mansour manuel manuela marcel marcin marco marcos marcus margaret margarita maria mariam mariama
  mariana marie mariia marija marina mario marion marta martha martin martina marwa marwan mary maryam maryna masoud
  masuma mateo mathilde matilda matteo matthew matthias maurice maya mebrahtu mebrat medhanie meera mehdi mehmet
  mehran mehrdad melanie melike merhawi meron meryem mia michael michal michelle miguel mihai mihret mikael mike
  mikhail milad milan milena milica milos mina mirela miriam mirjana mirwais misha mitra moe moham mohamad mohamed
  mohammad mohammed mohanad mohsen moises mona monica morteza moses mostafa mukhtar muna munir murad murat musa musab
  mustafa mustapha mykola myriam nabil nada nadia nadine naeem nafisa nahid nahom naima najib najiba nana nancy naomi
  narges nariman nasir nasra nasreen nasrin natalia natalie nataliya natasha nathalie nathan nathaniel navid nazanin
  nazir nebiyu neda neema negar nelson niall nicholas nick nicola nicolas nicole nigel nigist nihad nikita nikolai
  nila nilufar nimo nina nkechi noah noor noora nora nour noura nuno nuradin nuria obinna oksana ola olaf oleg oleh
  oleksandr olena olga oliver olivia omar omari omid omran orhan oscar osman oumar ousmane pablo paola parisa parvin
  parwana patricia patrick paul paula paulina pavel pavlo pawel pedram pedro peter petra petro philip philippe pierre
  piotr priya qasim rachel radoslav rafael rafiq rahel rahim rahima rahma raj rajesh ramazan rami ramin ramiro rana
  rania raquel rashid rashida rasul raul razia rebecca reem reena reza ricardo richard rita riyad robel robert
  roberta roberto robin rodrigo rohan roland roman rosa rosemary roshan rosie roya rukhsana ruqaya ruslan rustam ruth
  rutha ryan saad saba sabah sabina sabine sabrina sadia sadiq saeed safa safiya sahar sahra saida saif sajad sakina
  salah saleh salem salim salima sally salma salman sam samantha samar sami samia samim samir samira samson samuel
  sana sandeep sandra sanjay sara sarah sasha sayed sebastian sefu selam selamawit selim selin selma semere semhar
  senait serena sergei sergey sergio serhii setareh shabnam shadi shahid shahnaz shahram shakila shamim shane shannon
  sharon shaun sheila shirin shukri shukria sibusiso sidra siham silvia simon simona simone sina sinead siobhan
  slavica snezana soad sofia sofiya sohail solomon somaya sona sonia sophia sophie soraya stacey stanislav stefan
  stella stephanie stephen steve steven stuart suad suhaila sulaiman suleiman sultan sumaya sunita susan susanna
  svetlana svitlana sylvia tahir tahmina tamar tamara tamika tanya tara taras tarek tareq tariq tatiana temesgen
  tendai teresa tesfaye tetiana theo theresa thomas tigist tim timothy tina tobias tom tomas tony tracy tsegay tyler
  umar umut ursula usman valentina valeria vanessa vasyl vera veronica viktor viktoriia vincent viola virginia vivian
  vladimir volodymyr wafa wahid waleed walid walter wasim wendy william winta wojciech xavier yahya yana yara yared
  yaroslav yasemin yasir yasmin yasmine yonas yordanos yosef younes youssef yulia yuliia yunus yuri yusef yusra yusuf
  yvonne zac zachary zahid zahra zain zainab zakaria zaki zara zarina zeinab zekarias zeynep ziad zoe zofia zohra
  zuhra zula zuzana
`);

/** Words with a capital that are no names: what work is made of, days, months, and places that labels often have. */
export const ordinary = listed(`
  1-1 1:1 a about access act action admin advent advisory africa afternoon agency agenda all ambulance america and
  annual approval april arabic area art asia asylum at athens attachment august autumn away balint bank berlin
  bi-weekly birmingham board book booking boundaries brainstorm break breakfast brief briefing bristol british
  brussels budget building burnout business cafe calais call calls camhs camp canada cardiff care case caseload
  casework catch-up catchup cbt center centre chair chat check check-in checkin children children's christmas church
  city clinic clinical clinicians coaching coffee college come committee community compassion complaints conference
  consent consultation content coordination coordinators council counselling counsellor counsellors
  countertransference course cover cpd crisis cross cultural culture data day days dbs deadline debrief debriefing
  debriefs december denmark department detention development diary director discussion diwali doctors document
  documents donor draft drc drop drop-in dublin duty easter edinburgh education effectiveness eid email emdr
  emergency england english equality ethics eu europe european evaluation evening event exercise external
  facilitation family fatigue february feedback finance first focus follow follow-up for forced form formulation
  forum foundation france freedom friday from fund funder funding gbv gdpr geneva germany glasgow global goals google
  grant greece grief group groups growth hague hall hamburg handover hanukkah health help holiday home hospital
  hour house housing hr hub huddle human humanitarian iapt immigration in inclusion individual induction information
  innovation intake integration internal international interpreter interpreters intervision invoice iom irc ireland
  it italy january jewish join journal july june kent kenya kpi language last law leadership learning leave leeds
  legal lent lessons lesvos lgbtq library line link listening literature liverpool local london loss lunch madrid
  main management manager managers manchester march may medical meet meeting meetings mel mental mentor mentoring
  mhpss midday migrant migrants migration mindfulness minutes monday money month monthly morning msf munich muslim
  nairobi narrative national net network new news newsletter next ngo nhs night no north norway notes november nowruz
  october of office on one one-to-one online ooo open operations order organisation orthodox outreach own oxford
  panel paper paris partners partnership peer peers people phone pilot plan planning plenary poland policy power
  practice prep preparation prepare presentation prevention private process professional program programme project
  protection psychiatry psychologist psychology psychosocial pto public quality quarter quarterly question questions
  quick ramadan read reading reception red reflection reflections reflective refugee refugees register regular relief
  rent report reporting reports research resettlement resilience resource rest retreat return review reviews right
  rights risk role rome room rota round safe safeguarding safety saturday save school scotland second secondary
  section self self-care send senior september service services session sessions settlement sgbv shelter shift signal
  skills skype slack social social-work society solidarity south space spain specialist staff stakeholder stand-up
  standup start statistics steering story strategy stress stretch student students study submit summer sunday
  supervise supervisee supervisees supervision supervisor supervisors supervisory support survey sweden sync syria
  systemic take talk tea team team's teams technical telephone termly test tf-cbt the therapeutic therapist
  therapists therapy third thursday time timesheet to today toil tomorrow toolkit town training transcultural
  transference trauma trauma-informed travel triage trustee trustees tuesday turkey turn uk ukraine un unhcr unicef
  union unit university up update us usa user vicarious video vienna visit voice volunteer volunteers wales walk
  water webex webinar wednesday week weekend weekly welcome welfare well-being wellbeing west whatsapp whit wider
  winter with witness witnessing women women's work workers working workload workshop world write writing year yearly
  yoga york young your youth zoom
`);
