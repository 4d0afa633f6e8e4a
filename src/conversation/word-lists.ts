/** Word lists for setting spelling right. See spelling.ts. */

/** Words that matter to safety: a likely misspelling of one of these is read as that word. */
export const words = new Set(
  `
  about abroad abuse abused abusing afraid after again alcohol alive alone ambulance answer answering answers anymore
  anyone anything article assault assaulted asylum attack attacked attacking attempt attempted attempting aunt authors
  awake away baby balcony bathroom beat beaten beating beats because before belongings better bleach bleeding blood
  breathe breathing bridge brother bruise bruised bruises building burden burn burned burning burns called calling
  calm cannot child children choked client clients collapsed colleague could crisis crying cut cuts cutting danger
  dangerous daughter dead death decided detention die died dies disappear does doing done door drown drowned drowning
  drunk dying emergency end ended ending everybody everyone everything family father feel feeling finish finished
  followed followers following force forced forever forgive forgiveness friend frightened from funeral gave girl give
  given giving going gone goodbye hang hanged hanging happen happened harm harmed harming have help herself hiding
  himself hits hitting home hopeless hospital hostel hotel house hung hurt hurting hurts husband injured inside
  intends intent interpreter jewellery jump jumped jumping jumps kicked kill killed killer killing kills knew knife
  know knows leave leaving left letter letters life live lives living lock locked machete manager marriage married
  marry medication miss missing mother motorway myself need neighbor neighbour nightmare nobody note nothing notice
  now number office outside overdose overdosed owner panic partner passport patient patients peaceful petrol phone
  pills pistol plan planned planning platform please poison poisoned police policy pregnant punched question railing
  railway rape raped razor ready reception refuge refugee remember remind reminder reply replying resident review
  right risk roof room rope safe said saying says scared screaming self shelter shoot shooting should shouting sister
  sleep smuggler smugglers somebody someone something son sorry stab stabbed stabbing stabs stairwell station
  strangled student studies suicidal suicidality suicidally suicide suicides summary supervision supervisor swallow
  swallowed tablets taken teacher tell telling terrified texted thank that their them theme themselves therapist there
  they think thinking this thought thoughts threat threaten threatened threatening threatens tired today toilet told
  tomorrow tonight took touched touches touching tracks trafficked trafficker traffickers trafficking train training
  uncle unconscious unsafe urgent vanish victim voices wake waking want wanted wants weapon what when where wife will
  window with without worker worried worthless would wound wounds wrists written wrote yourself
  `
    .trim()
    .split(/\s+/),
);

/** Common words within a letter or two of those above: never taken for a misspelling. */
export const neighbours = new Set(
  `
  abby abiding abuses abusive accusing actors aging aid aiding ailing aiming aired airing alain alan alarming
  alcoholic alice aliens alike allow allowed allowing along alter ambulances amused amusing anchors and anders anew
  ang anger angering another answered ant ants antwerp ape applying arises arising arm armed arming arrived articles
  asleep assailed assaults attach attache attached attaches attaching attacker attackers attacks attained attaining
  attempts attends attention attested attracted attracting aung author authored autos ave aware awoke awry baba babe
  bacon bake baking ballroom bang banged banging banished banking banned banning baring barking barn barony barrage
  barred barrie barrier barring barry basing bat bathing bathrooms bats batter batters batting bay bays beach beaches
  beads beam beaming beams bean beans bear bearing bearings bears beast beasts beatings beau became beel begging
  behaving beijing being beit bell belonging belt belts bend bending bent bern bert best bet beta bets bette betting
  bidding bill billed billing billings bills binding biting bits bitten bitter blaming blasting blazing blending
  blessing block blocked blond bloody bloom boasting boat boating boats boiling bold bon bone book boom boring born
  botched bother bothers boucher bought bound bounds bourses bout bow bracing brain braking breach breached breaches
  breaching breadth breaking breath breeding bribes bride brides bridges bridget bright bring bringe brisk broad broader
  broker brom broom broth brothel brothels brothers brought brown browne browning browser browsing bruins brushed
  brushes brussels budding buildings bullying bump bumped bumps bunt bur burdens buried burkina burner burnt burr
  bursting burt bury burying buses busting but butter buying buzzing cables cafe cake cal calf cali call caller calmed
  calming calvin cam camping canned canning cannon cape capping cared caring carriage carriages carrie carried carrier
  carries carry carter carving cashing casting cat cats cause causing cave ceiling cell centers cents certified chang
  changed changing chanting charging charm charmed charming charting chat chatting cheating chen chester childs chile
  chili chill chilling choke choosing chung churning ciller citation citing clan cleaning clearing clements cling
  clint clive clock clocked clone clothing coached coaches coaching coating cold collapse collapses collated
  colleagues college collins come con cone conscious contends cook cooked cooling cope corning costing cote coughing
  counting courting cow cracks crawling create creating crises crowded crowding crown crowned cruise cruised cruiser
  cruisers cruises cub cubs cue cues cui culled cult cum cup cups curbing curling curt cute cutters cycling dad dae
  dagger dampened dancer dancing dane dangerously dangers dangling danish daring darling dating daughters dave days
  dea deaf deal dealing dean dear deaths debating decade decades deceived december deception decide decidedly decider
  decides declined decreed decried dedication dee deed defection defied defined deft dell denied deploying depth
  derided derived des desired detection detentions devised dia dice diced did diet diets dig digs diller dim dime din
  dine ding dior dip dips dire disappeared disappears disband disk dive dived dives divided diving dock docked doe
  dogs dole dome don dong donned donor doo dool doom doors doorway dope doping dos dose doses dots dove dow down
  downed downer downey downing drain drained draining drank draped drawing drawn dread dreaming dried drilling drink
  drinking drone drones dropped dropping drought droughts drying due dues dump dumped dumping dumps dune dung dunk
  during dwelling dye dyed earner earning easing eat eaten eating eats education eed eel eid eight elf emergence
  endings ends endured eng eni ensured enters estranged everton evident exception extends failing failings fairway
  fake falcon falcons falling fang fanned fanning farce farm farmed farming farther fathers fearing feat feather feats
  federal fee feed feeding feelings feels fees feet fell fencing fend ferried feuding fever fielding fife fight filing
  fill filled filling fills filming finisher finishers finishes finnish fired fishing fits fitting five flanked
  fleeing fleeting fleming flock flocked flood flowed flowers flowing foes fold follow follower follows footing forces
  fore foresee forge forged forging forgiven form formed former forming forster forte fought found framing freeing
  freer freezing fried friends frog frying fuel fueling funerals fung furnished gabe gain gaining gale galway game
  gaming gang gardner garner garry gartner gate gather gays gaze gearing geelong gene general getting gil gill girls
  giro gives gleaming goes gold gong gore gould grabbed grabbing graceful grain grape grave grilling groom growing
  grown guiding gump gut guts hacking hahm hailing hale hallway halting ham hamed hamlets hamm hampered han hand
  handed handing handling hangs hank hans hapless happens har harbin hard hardened harding hare hari harman harmon
  harmony harms harp harriet harry hart hat hate hats hauling haunt haunting havel haven having hawking hays haze head
  heading heady healing heap hearing heat heater heath heather heating heats heed heel heightened heir held hell
  heller helm helping helps hen henning here herring hey hiking hill hills hinting hints hips hired hiring his hit
  hitters hold hole homa homeless homer homes homo hon hong hook hooking hope hopelessly horrified horry horse hose
  hospitals hosted hosting hotels hound housed houses housing how howe however huang hubbard hug hugging hume hun hunt
  hunting hunts hurd hurling hurried hurst husbands hut huts hwang ilan ill ills imbalance impatient implying
  inception inched incurred ind indication induced infused injure injures injuries injury insider insure insured
  insurer intend intended intense intention interpret interpreted interpreters invent ion iphone irl iss issuing its
  itself ives jailing jake jamming jang jays jewelry jie jill jitters jock jon judging jumper jung kang keating keel
  keeping keller kicker kicking kidding kiel killers killings kilo kilos kiss kissing kits klan knee knight knot knots
  known knox kristen kung kurt lack lacked lagging laid lake lan landed landing lang langer lansing larry latter
  laughter launched lavin laying lays leach lead leaders leading leaking leaning leaping learning lease leasing
  leather leaves leavitt lefty leiter lend lenders lending lent lest lester let letting leveling levin levine lie lied
  lies lift lifting light like likes liking lime line lines lining linking lire listing lite liters litter lived liver
  loading loch locke locker locks loft lok lone longing look looked loom looters looting lottery love loves loving low
  luck lumber lump lunches lung luring lurking lying macbeth machetes machine madrid maid mailing make making malone
  manage managed managers manages managing manic manned manner manning marched marie mariner marked marking marred
  marriages marries marty mary mass mating matters mays mead meager meaning meat meats mediation medications
  meditation meeting melting member mend merry mess messina meters michele might mill miller milling mills mineral
  mining mired missile mission missions mist mister mixing mock mocked mold mon moor moreover morning morrow moss
  motel mothers mound mounds mourning mouse mulling mussina mutation nabbed nagging naming nanjing nate nation nave
  nearing neat ned nee needing needs needy neighbors neighbours nesting netting new night nightmares nintendo node noh
  non none noo noor nor norte nose not notation notched noted notes noticed notices noticing noting notre nov novice
  nsw numbers nursing nut nuts odor officer offices offside old olive olives one other ought ould ousting out outing
  outline outs outsider outsiders ovation overcome overdue owned owners owning paid paint painter paints pairing palm
  pan pang panther pants parent parents parker parking parry parted particle particles parties parting partnered
  partners passing passports password patent patents patience patiently patrol patten pave paving paying payment
  payments pays peacefully peaches peaking peat peel pending pennant penned perception perched peters petrov phan
  phoned phones phony picked pie pies piles piling pill pinned pistols piston pitched pits pitting pla placed placing
  plagued plain plane planes planet plank planner planners plans plant planted planting platforms play played playing
  pleading pleas pleased pleasing plotters plunged plunging poaching poignant poised polite polling polls poor pope
  porter potent pounced pound pounds pow praised praises praising preacher preaching pregnancy president presidents
  preview prison prisoner prom prone proof prudent pulling pulls pump pumped pumping pumps punch punches punished punt
  pushed put puts putting quentin questioned questions quitting quoting race raced raceway racing racks rae rafter
  rage raged raging raid raiding railways rain raining raised raises raising raked rallying rambling rang ranged
  ranger ranging ranking rap rapes rapid raping rare rate rated rather rating rattling rave rays razed reached reaches
  reaching reacting read reading reads reaped rebuilding recalling receded receptions receptive receptor recession
  recited recreation reddy redemption reed reel reeling referee refugees refuse refused refuses refuted regiment
  reindeer reiner rejection relating rely relying remainder remanded remarried remembered remembers reminded reminders
  reminds remnant render renting repay replacing replay resent reside resided residence residency residents resides
  residing resilient resting retailing retention reuters reviews rewritten rhone rick ridge riding rife rights ringing
  rink rioting ripe rise rises rising risking risks risky ritter roam robe rock rocked rode roe role rolf rolling rom
  rome ron roo roofs rook rooms root rooting ropes rose rotation rotten rotting roughing round rounds rouse rousing
  routing rove row rowe rowing rowling ruined ruining ruling rump running saab saad sacred sad safer sage sagging sai
  sail sailing sake saks sale same san sand sane sang sans sant sars sas satin saud saudis save saving say scaled
  scaling scanned scanning scare scares scarred schooling scored scouting screening sdn seabed sealing searing seat
  seating seats section seed seeding seeing seeking seeming sef sell seller selling sen send sending serving setting
  settlers shallow shang shared sharing sharm shave shaving shearer sheep sheer shelf shelled shelley shelling
  sheltered shelters shelton shelved shelves shen shifting shining shocking shook shooter shootings shoots shopping
  short shorter shot shout showing shrinking shutter shutting sibling sid siding sight simeon simone sin singing
  sinking sisters sits sitter sitting situation skating skid skill skilled skilling skills slab slabs slaughter
  slaying sleek sleeping sleeps sleepy slid slugger slumping smiling smuggle smuggled snow snubbed soared sock soh sol
  sold some song sons sony soo soon soot soothing sorting sought sound sounds sow sox soy spanned spanning spared
  specter speeding spelling spilling spills spitting sporting spotting spreading spying stable stables stacked staffed
  staffing staged staging stain stained staked stalin stalking stalled stalling stallion stamped stamping stan
  standing stanton star stared staring starred starring stars started starting starved starving stat stated staten
  static stating stationed stations stats stay stayed staying stays stealing steaming steep sterling stories strain
  straining stranded strange strangely stranger stratton streaming strident strides struggled studded students studied
  studio studios stunt summer summers sun sung superior supervise supervised supervising supervisors supervisory
  surfing surging swallows sway sweater sweating sweep swelling tab table tabled tables tablet tabs take taker takes
  taking talents tales talking tall tallest tallinn tang tangled tank tape taped targets tat taught teach teachers
  teaches teaching teaming tearing teeming tele tells tempted tempting tend tended tending tends terrific tested
  testified testing thai thais than thanh thani thanking thanks thatcher thaw the theater theaters thee theirs themed
  themes then theo therapies therapists these thick thin thing thinks thom though thread threats three throat through
  thus thy thyme ticked ticking tie tied ties tight tightened till timed tire tires toad todd toes toilets token toll
  tome ton tone too tool torched tossing toting touch tough tougher toughest toured touring touted touting tow traces
  tracing track tracked tracker tracking tracts trading trail trailing trains trait tran trapping treat treated
  treating trey tricks tried trough trucking trucks trunk trying tucked tung tuning turn turned turning turns twain
  tying ump uncles undecided unfinished unmarried untouched upside urging usaid using vanished varied varying vending
  verified victims vie voice voiced von vote voting voucher vouchers vow vying wade wage waging wait waited waiting
  waits wakes walking wall walled wallets walt wan waned wang waning wanting ware warm warmed warming warner warning
  warring wasted watt watts wave waving way ways weapons wearing weather weave weaving weed weeping weill welding well
  went were wheat wheeling wicked wide widow width wie wight wild willing willow wills willy windows wine wipe wire
  wired wise wish wishing wit witch witt witter wives woes woke won worded worked workers world worries worry wow
  wreath wright wrist write writer writes wrought xie yang yell yelling ying yorker yousef youssef yung zell zhang
  zone zoom
  `
    .trim()
    .split(/\s+/),
);
