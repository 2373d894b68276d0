/* The words themselves, folded; '*' at the end stands for any ending (inflected words). */
#include "career/cv_words_data.h"

static const char title_words_en[] =
    "accountant actor actuary administrator adviser advisor advocate aide agent agronomist analyst anesthetist "
    "apprentice architect artist assembler assistant associate astronaut attendant attorney auditor author baker "
    "banker barber barista bartender biologist blogger bookkeeper broker builder butcher buyer captain caregiver "
    "caretaker carpenter cartographer cashier caterer ceo cfo chairman chairperson chairwoman chef chemist cio "
    "ciso cleaner clerk clinician cmo coach collector commander commissioner composer comptroller concierge "
    "conductor consultant contractor contributor controller cook coo coordinator copywriter counsel counsellor "
    "counselor courier creator cro cto curator custodian cyclist dba dealer dean dentist deputy designer "
    "detective developer devops dietitian director dispatcher dj doctor dressmaker driver economist editor "
    "educator electrician engineer entrepreneur epidemiologist estimator examiner executive expediter facilitator "
    "farmer fellow fielder filmmaker financier firefighter fitter florist forecaster foreman founder co-founder "
    "cofounder freelancer gardener generalist geologist guard guide hairdresser handler scaffolder rigger roofer "
    "tiler glazier handyman head helper host hostess housekeeper hygienist illustrator inspector installer "
    "instructor intern interpreter investigator janitor journalist judge keeper laborer labourer landscaper "
    "lawyer lead leader lecturer librarian lieutenant lifeguard linguist lobbyist logistician machinist maid "
    "maker manager marketer marketeer mason masseur mathematician mechanic member mentor merchandiser messenger "
    "midwife miner ml-engineer modeler moderator musician nanny negotiator ninja nurse nutritionist officer "
    "operator optometrist organizer owner packer painter paralegal paramedic partner pastor pathologist performer "
    "pharmacist photographer physician physicist physiotherapist picker pilot planner plumber porter postdoc "
    "practitioner preacher president vice-president principal processor producer professor programmer promoter "
    "proofreader proprietor psychiatrist psychologist publicist purchaser qa radiographer realtor receptionist "
    "recruiter referee registrar reporter representative rep researcher sailor saleswoman salesman salesperson "
    "scheduler scientist secretary seller sergeant server setter shareholder sheriff shopkeeper singer sommelier "
    "specialist sdet sre statistician steward stewardess stocker storekeeper strategist student stylist "
    "subscriber superintendent supervisor surgeon surveyor swe sysadmin tailor teacher technician technologist "
    "telemarketer teller tester therapist trader trainee trainer translator treasurer tutor typist umpire "
    "underwriter upholsterer usher valet vet veterinarian videographer volunteer vp svp evp waiter waitress "
    "warden watchmaker web-developer welder worker writer yogi";

static const char title_words_ru[] =
    "администратор* агент* агроном* аналитик* архитектор* ассистент* аудитор* бармен* баристa бариста бухгалтер* "
    "верстальщик* ветеринар* водитель водителя воспитател* врач* геолог* дизайнер* директор* диспетчер* "
    "журналист* заведующ* закройщик* заместител* инженер* инспектор* исполнител* кассир* кладовщик* "
    "комплектовщик* конструктор консультант* контролер* координатор* копирайтер* корректор* курьер* лаборант* лид "
    "лидер логист* маляр* маркетолог* массажист* мастер* менеджер* механик* медсестр* методист* монтажник* "
    "наставник* начальник* няня оператор* основател* официант* охранник* парикмахер* партнер* педагог* "
    "переводчик* повар* помощник* представител* преподавател* программист* продавец* продавц* продюсер* провизор* "
    "прораб* психолог* разработчик* редактор* режиссер* рекрутер* репетитор* руковод* сварщик* секретар* слесарь "
    "слесаря сметчик* снабженец* специалист* стажер* стилист* стоматолог* строител* стюард* супервайзер* "
    "тестировщик* техник* тимлид* токарь токаря тренер* управляющ* учитель учителя фармацевт* фельдшер* "
    "финансист* флорист* фотограф* фрезеровщик* хирург* художник* швея шеф шеф-повар экономист* экспедитор* "
    "эксперт* электрик* электромонтер* юрисконсульт* юрист*";

static const char title_words_he[] =
    "מנהל מנהלת מנהלן מפתח מפתחת מתכנת מתכנתת מהנדס מהנדסת אנליסט אנליסטית מעצב מעצבת יועץ יועצת רכז רכזת מורה "
    "מרצה מתרגל מתרגלת סטודנט סטודנטית עוזר עוזרת מזכיר מזכירה פקיד פקידה נציג נציגת איש אשת ראש סמנכ\"ל סמנכ״ל "
    "מנכ\"ל מנכ״ל מנכ\"לית מנכ״לית חשב חשבת רואה רו\"ח רו״ח עו\"ד עו״ד עורך עורכת מדריך מדריכה מאמן מאמנת טכנאי "
    "טכנאית חשמלאי רופא רופאה אח אחות פסיכולוג פסיכולוגית רוקח רוקחת טבח טבחית שף מלצר מלצרית ברמן ברמנית קופאי "
    "קופאית מוכר מוכרת מוכרן נהג נהגת מאבטח מאבטחת שומר מחסנאי מחסנאית לוגיסטיקאי מפקד מפקדת קצין קצינה חייל "
    "חיילת לוחם לוחמת סמל מש\"ק מש״ק מתמחה בודק בודקת תוכניתן ארכיטקט ארכיטקטית אדריכל אדריכלית מתאם מתאמת משווק "
    "משווקת קניין קניינית כלכלן כלכלנית חוקר חוקרת עיתונאי עיתונאית כתב כתבת צלם צלמת שליח גנן גננת מטפל מטפלת "
    "מתנדב מתנדבת בעלים מייסד מייסדת שותף שותפה עובד עובדת סוכן סוכנת מגייס מגייסת תומך תומכת ראש_צוות";

static const char rank_words_en[] =
    "senior junior sr jr principal chief deputy vice lead middle mid mid-level entry-level staff regional global "
    "national area district general managing acting interim freelance";

static const char rank_words_ru[] =
    "старший старшая младший младшая ведущий ведущая главный главная генеральный исполнительный коммерческий "
    "технический финансовый региональный заместитель зам";

static const char rank_words_he[] = "בכיר בכירה זוטר ראשי ראשית";

static const char legal_words_en[] =
    "inc incorporated llc l.l.c ltd limited llp plc corp corporation company co gmbh ag s.a sarl srl s.r.l bv b.v "
    "nv oy pty pvt holdings bancorp";

static const char legal_words_ru[] =
    "ооо оао зао пао ао ип нко гуп муп фгуп фгбу гбоу мбоу компания компании компанию корпорация холдинг";

static const char legal_words_he[] = "בע\"מ בע״מ חברת";

static const char company_words_en[] =
    "inc inc. incorporated llc l.l.c ltd ltd. limited llp plc corp corp. corporation company co co. gmbh ag sa "
    "s.a sarl srl s.r.l bv b.v nv oy ab as aps pty pvt kk group holding holdings partners associates technologies "
    "technology tech solutions systems software labs lab laboratories laboratory studio studios agency bank "
    "bancorp insurance hospital clinic medical healthcare hotel hotels resort restaurant cafe bistro diner grill "
    "bakery pub foundation institute university college school academy ministry department council authority "
    "commission army navy force reserves police services enterprises enterprise industries international "
    "logistics media news press publishing pharmacy pharmaceuticals airlines airways motors energy electric "
    "construction builders ventures capital investments securities retail store stores supermarket market foods "
    "brewery farm farms center centre network networks digital interactive games entertainment telecom "
    "communications consulting consultancy startup bootcamp freelance self-employed nonprofit ngo society "
    "association trust union church library museum theatre theater stadium club gym salon spa warehouse factory "
    "plant works manufacturing corporate.com";

static const char company_words_ru[] =
    "ооо оао зао пао ао ип нко гуп муп мбоу гбоу гбуз фгуп фгбу компания компании компанию корпорация холдинг "
    "группа банк завод фабрика комбинат агентство студия бюро магазин ресторан кафе гостиница отель больница "
    "поликлиника клиника аптека школа лицей гимназия университет институт академия колледж министерство "
    "администрация центр фонд издательство редакция фриланс самозанятый стартап тех лаборатория сервис";

static const char company_words_he[] =
    "בע\"מ בע״מ חברת חברה בנק קבוצת קבוצה משרד עיריית מכללת אוניברסיטת בי\"ח בית_חולים מרכז רשת סוכנות סטודיו עמותת "
    "עמותה צה\"ל צה״ל מסעדת מלון תעשיות טכנולוגיות מערכות פרילנס עצמאי עצמאית קופת";

static const char place_words_en[] =
    "remote hybrid onsite worldwide usa u.s.a us uk u.k eu uae canada mexico brazil argentina chile colombia peru "
    "england scotland wales ireland britain france germany deutschland spain portugal italy switzerland austria "
    "belgium netherlands holland luxembourg denmark norway sweden finland iceland poland czechia czech slovakia "
    "hungary romania bulgaria greece turkey türkiye serbia croatia slovenia estonia latvia lithuania ukraine "
    "belarus russia georgia armenia azerbaijan kazakhstan uzbekistan israel egypt africa morocco tunisia nigeria "
    "kenya ghana ethiopia india pakistan bangladesh nepal china taiwan japan korea vietnam thailand malaysia "
    "singapore indonesia philippines australia zealand california texas florida washington oregon nevada arizona "
    "colorado illinois michigan ohio pennsylvania massachusetts virginia carolina minnesota wisconsin ontario "
    "quebec alberta columbia london paris berlin munich münchen hamburg frankfurt cologne vienna zurich zürich "
    "geneva amsterdam rotterdam brussels antwerp madrid barcelona lisbon porto rome milan dublin edinburgh "
    "manchester birmingham leeds glasgow bristol liverpool oxford cambridge copenhagen oslo stockholm gothenburg "
    "malmö helsinki warsaw krakow prague brno budapest bucharest sofia athens istanbul belgrade zagreb tallinn "
    "riga vilnius kyiv kiev lviv minsk moscow petersburg tbilisi yerevan baku almaty astana tashkent jerusalem "
    "haifa tel-aviv cairo lagos nairobi accra johannesburg mumbai delhi bangalore bengaluru hyderabad chennai "
    "kolkata pune karachi lahore dhaka beijing shanghai shenzhen hong taipei tokyo osaka seoul hanoi bangkok "
    "jakarta manila sydney melbourne brisbane perth auckland toronto vancouver montreal calgary ottawa waterloo "
    "chicago boston seattle austin dallas houston denver atlanta miami phoenix philadelphia detroit minneapolis "
    "portland nashville nyc brooklyn manhattan york angeles vegas diego francisco antonio aviv kong janeiro paulo "
    "haven jose orleans lake kfar orlando tampa pittsburgh cleveland columbus cincinnati sacramento oakland dubai "
    "doha riyadh";

static const char place_words_ru[] =
    "россия рф москва москве спб петербург санкт-петербург санкт-петербурге новосибирск екатеринбург казань "
    "нижний новгород челябинск самара омск ростов ростов-на-дону уфа красноярск пермь воронеж волгоград краснодар "
    "саратов тюмень тольятти ижевск барнаул иркутск ульяновск хабаровск владивосток ярославль махачкала томск "
    "оренбург кемерово рязань тула калининград сочи минск беларусь украина киев казахстан алматы астана удаленно "
    "удаленка область край";

static const char place_words_he[] =
    "ישראל תל אביב באר שבע תקווה ראשון לציון פתח תל-אביב ירושלים חיפה באר-שבע ראשון-לציון נתניה חולון רמת-גן "
    "הרצליה רעננה אשדוד אשקלון רחובות כפר-סבא מודיעין יפו חדרה עפולה נצרת אילת טבריה";

static const char degree_words_en[] =
    "bachelor bachelor's bachelors b.a b.a. ba b.s b.s. bs b.sc b.sc. bsc beng b.eng b.e be b.tech btech b.ed bed "
    "bscs mscs bsee msee bsme bsn msn bsba bsbm bsc.hons bas bpharm mpharm bds mbbs mca bca pgdm mtech msw mpa edm "
    "bba b.b.a bfa b.f.a bcom b.com llb ll.b master master's masters m.a m.a. ma m.s m.s. ms m.sc m.sc. msc meng "
    "m.eng m.tech mtech mba m.b.a med m.ed mfa m.f.a mph mphil llm ll.m phd ph.d ph.d. dphil doctor doctorate "
    "doctoral md m.d jd j.d dds dvm edd associate associate's associates a.a a.s a.a.s aas diploma degree diplom "
    "lic certificate ged g.e.d undergraduate postgraduate graduate hnd a-levels gcse matura abitur baccalaureate "
    "licentiate";

static const char degree_words_ru[] =
    "бакалавр* магистр* магистратура специалитет специалист* аспирант* доктор* кандидат* диплом* степень среднее "
    "высшее неоконченное незаконченное очное заочное ординатура интернатура";

static const char degree_words_he[] =
    "תואר ראשון שני שלישי בוגר בוגרת מוסמך מוסמכת דוקטורט תעודת תעודה הנדסאי הנדסאית בגרות דיפלומה סמינר";

static const char school_words_en[] =
    "university college institute school academy polytechnic faculty universität université universidad "
    "universidade hochschule école politecnico lyceum gymnasium conservatory seminary bootcamp coursera udemy edx "
    "udacity mit eth tu uc ucla ucl lse caltech stanford harvard yale princeton oxford cambridge technion campus";

static const char school_words_ru[] =
    "университет* институт* академия академии колледж* техникум* училище лицей гимназия школа факультет* вуз мгу "
    "мгту спбгу мфти мифи вшэ ниу гу мэи мгимо рэу ранхигс ран консерватория филиал";

static const char school_words_he[] =
    "אוניברסיטת אוניברסיטה האוניברסיטה מכללת מכללה המכללה הטכניון טכניון בית-ספר תיכון המרכז_הבינתחומי האקדמית "
    "ישיבת אולפנת סמינר אקדמיה";

static const char language_words_en[] =
    "english russian hebrew arabic spanish french german italian portuguese dutch polish ukrainian belarusian "
    "czech slovak hungarian romanian bulgarian greek turkish serbian croatian slovenian estonian latvian "
    "lithuanian georgian armenian azerbaijani kazakh uzbek persian farsi hindi urdu bengali punjabi tamil telugu "
    "marathi gujarati dari pashto tajik kurdish tigrinya somali hausa zulu xhosa afrikaans sinhala khmer lao "
    "burmese mongolian kannada malayalam nepali albanian macedonian bosnian montenegrin luxembourgish maltese "
    "flemish kyrgyz turkmen mandarin cantonese chinese japanese korean vietnamese thai malay indonesian tagalog "
    "filipino swahili igbo yoruba amharic yiddish swedish norwegian danish finnish icelandic irish welsh catalan "
    "basque latin esperanto";

static const char language_words_ru[] =
    "английск* русск* иврит* арабск* испанск* французск* немецк* итальянск* португальск* польск* украинск* "
    "белорусск* китайск* японск* корейск* турецк* казахск* татарск* грузинск* армянск* чешск* финск* шведск* "
    "латыш* литовск* эстонск*";

static const char language_words_he[] =
    "עברית אנגלית רוסית ערבית ספרדית צרפתית גרמנית איטלקית פורטוגזית אמהרית יידיש סינית יפנית רומנית הולנדית "
    "אוקראינית פולנית";

static const char fluency_words_en[] =
    "native fluent proficient advanced intermediate upper-intermediate pre-intermediate conversational basic "
    "beginner elementary bilingual professional working limited mother tongue full proficiency speaker fluency "
    "level reading writing spoken written moderate good excellent a1 a2 b1 b2 c1 c2 toefl ielts";

static const char fluency_words_ru[] =
    "родной свободн* разговорн* базов* начальн* средн* продвинут* уровень техническ* чтение владение носитель";

static const char fluency_words_he[] = "שפת אם שפת-אם רמת שוטפת שוטף גבוהה טובה בסיסית בינונית מצוינת דיבור קריאה";

static const char employment_words_en[] =
    "full-time fulltime part-time parttime contract temporary permanent seasonal internship apprenticeship remote "
    "hybrid onsite on-site";

static const char employment_words_ru[] = "удаленно гибрид проектная частичная полная занятость стажировка";

static const char duration_words_en[] = "year years yr yrs month months mo mos mths week weeks";

static const char duration_words_ru[] = "год года лет мес месяц месяца месяцев г";

static const char duration_words_he[] = "שנים שנה חודש חודשים";

const struct cvp_word_list cvp_word_lists[] = {
	{ CVP_WORD_TITLE, title_words_en },
	{ CVP_WORD_TITLE, title_words_ru },
	{ CVP_WORD_TITLE, title_words_he },
	{ CVP_WORD_RANK, rank_words_en },
	{ CVP_WORD_RANK, rank_words_ru },
	{ CVP_WORD_RANK, rank_words_he },
	{ CVP_WORD_LEGAL, legal_words_en },
	{ CVP_WORD_LEGAL, legal_words_ru },
	{ CVP_WORD_LEGAL, legal_words_he },
	{ CVP_WORD_COMPANY, company_words_en },
	{ CVP_WORD_COMPANY, company_words_ru },
	{ CVP_WORD_COMPANY, company_words_he },
	{ CVP_WORD_PLACE, place_words_en },
	{ CVP_WORD_PLACE, place_words_ru },
	{ CVP_WORD_PLACE, place_words_he },
	{ CVP_WORD_DEGREE, degree_words_en },
	{ CVP_WORD_DEGREE, degree_words_ru },
	{ CVP_WORD_DEGREE, degree_words_he },
	{ CVP_WORD_SCHOOL, school_words_en },
	{ CVP_WORD_SCHOOL, school_words_ru },
	{ CVP_WORD_SCHOOL, school_words_he },
	{ CVP_WORD_LANGUAGE, language_words_en },
	{ CVP_WORD_LANGUAGE, language_words_ru },
	{ CVP_WORD_LANGUAGE, language_words_he },
	{ CVP_WORD_FLUENCY, fluency_words_en },
	{ CVP_WORD_FLUENCY, fluency_words_ru },
	{ CVP_WORD_FLUENCY, fluency_words_he },
	{ CVP_WORD_EMPLOYMENT, employment_words_en },
	{ CVP_WORD_EMPLOYMENT, employment_words_ru },
	{ CVP_WORD_DURATION, duration_words_en },
	{ CVP_WORD_DURATION, duration_words_ru },
	{ CVP_WORD_DURATION, duration_words_he },
};
const size_t cvp_word_list_count = sizeof(cvp_word_lists) / sizeof(cvp_word_lists[0]);
