//! A survey with one question of every type, made in Rust, and a desk that keeps nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use stemme::domain::clean_text::CleanText;
use stemme::domain::evaluation::{ConsentPolicy, Contact, Site};
use stemme::domain::expression::{Comparison, Expression, Value};
use stemme::domain::id::{Id, Slug};
use stemme::domain::interview::{Action, Interview, Opening};
use stemme::domain::item::ItemKey;
use stemme::domain::language::Language;
use stemme::domain::localized::Localized;
use stemme::domain::number::Number;
use stemme::domain::record::{Entered, InterviewId, InterviewRecord, Mode, SurveyStamp};
use stemme::domain::survey::consent::{Consent, ConsentPoint, GroupMode};
use stemme::domain::survey::question::{
    Check, ChoiceOption, Choices, Level as CheckLevel, Order, Question, QuestionKind, Row,
};
use stemme::domain::survey::report_plan::Tightening;
use stemme::domain::survey::scale::{Good, Level, Scale};
use stemme::domain::survey::{Fingerprint, Section, Survey, SurveyParts};
use stemme::domain::word_code::WithdrawalCode;
use stemme::fieldwork::desk::{CannotStart, Desk, DraftEntry, DraftSecret, NewInterview, Recovery};
use stemme::fieldwork::handover::{CannotHandOver, Cleared, HandedOver, Waiting};
use stemme::fieldwork::round_surveys::RoundSurveys;
use stemme::fieldwork::session::{Keeper, Remains, Saved, Session, Trouble};

pub type Words = (&'static str, &'static str, &'static str);

pub fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

pub fn say((nb, nn, en): Words) -> Localized {
    Localized::new(Language::Bokmal, CleanText::block(nb))
        .with(Language::Nynorsk, CleanText::block(nn))
        .with(Language::English, CleanText::block(en))
}

pub fn question(name: &str, kind: QuestionKind, text: Words) -> Question {
    Question {
        id: id(name),
        kind,
        text: say(text),
        help: None,
        interviewer_note: None,
        said: None,
        probes: Vec::new(),
        required: false,
        show_if: None,
        dimension: None,
        background: false,
        sensitive: false,
        self_answer: false,
        report: true,
        reverse: false,
        without: BTreeSet::new(),
        merge: Vec::new(),
        checks: Vec::new(),
        quotable: None,
        codebook: None,
    }
}

pub fn option(code: &str, text: Words) -> ChoiceOption {
    ChoiceOption {
        code: id(code),
        text: say(text),
        was: Vec::new(),
        retired: false,
        specify: false,
        exclusive: false,
        pin_last: false,
        show_if: None,
    }
}

pub fn choices(options: Vec<ChoiceOption>) -> Choices {
    Choices {
        options,
        scale: None,
        order: Order::Fixed,
        groups: Vec::new(),
    }
}

fn scale(ask: Option<Words>, numeric: bool, levels: &[Words]) -> Scale {
    let from = i64::from(!numeric);
    Scale {
        good: Good::High,
        ask: ask.map(say),
        levels: levels
            .iter()
            .zip(from..)
            .map(|(words, value)| Level {
                code: id(&value.to_string()),
                value: Number::whole(value),
                text: say(*words),
            })
            .collect(),
        bands: None,
        numeric,
    }
}

fn scales() -> BTreeMap<Id, Scale> {
    let numbers: [Words; 11] = [
        ("0", "0", "0"),
        ("1", "1", "1"),
        ("2", "2", "2"),
        ("3", "3", "3"),
        ("4", "4", "4"),
        ("5", "5", "5"),
        ("6", "6", "6"),
        ("7", "7", "7"),
        ("8", "8", "8"),
        ("9", "9", "9"),
        ("10", "10", "10"),
    ];
    let agree = scale(
        None,
        false,
        &[
            ("Helt uenig", "Heilt ueinig", "Strongly disagree"),
            ("Litt uenig", "Litt ueinig", "Disagree a little"),
            ("Både og", "Både og", "Neither"),
            ("Litt enig", "Litt einig", "Agree a little"),
            ("Helt enig", "Heilt einig", "Strongly agree"),
        ],
    );
    let good = scale(
        None,
        false,
        &[
            ("Veldig dårlig", "Veldig dårleg", "Very bad"),
            ("Litt dårlig", "Litt dårleg", "A bit bad"),
            ("Helt greit", "Heilt greitt", "All right"),
            ("Litt bra", "Litt bra", "Quite good"),
            ("Veldig bra", "Veldig bra", "Very good"),
        ],
    );
    let important = scale(
        Some((
            "Hvor viktig er dette for deg?",
            "Kor viktig er dette for deg?",
            "How important is this to you?",
        )),
        false,
        &[
            ("Ikke viktig", "Ikkje viktig", "Not important"),
            ("Litt viktig", "Litt viktig", "Slightly important"),
            ("Viktig", "Viktig", "Important"),
            ("Svært viktig", "Svært viktig", "Very important"),
        ],
    );
    let extent = scale(
        Some((
            "I hvilken grad er det slik i dag?",
            "I kva grad er det slik i dag?",
            "To what extent is it like this today?",
        )),
        false,
        &[
            ("Ikke i det hele tatt", "Ikkje i det heile", "Not at all"),
            ("I liten grad", "I liten grad", "To a small extent"),
            ("I noen grad", "I nokon grad", "To some extent"),
            ("I stor grad", "I stor grad", "To a large extent"),
            ("I svært stor grad", "I svært stor grad", "To a very large extent"),
        ],
    );
    [
        ("enig5", agree),
        ("fjes5", good),
        ("viktig4", important),
        ("grad5", extent),
        ("tall0_10", scale(None, true, &numbers)),
    ]
    .into_iter()
    .map(|(name, scale)| (id(name), scale))
    .collect()
}

fn row(name: &str, text: Words) -> Row {
    Row {
        id: id(name),
        text: say(text),
        said: None,
        show_if: None,
        dimension: None,
        reverse: false,
        sensitive: false,
    }
}

fn number_check(level: CheckLevel, most: i64, text: Words) -> Check {
    Check {
        level,
        that: Expression::Compare(
            Comparison::LessOrEqual,
            Box::new(Expression::Item(ItemKey::question(id("dager")))),
            Box::new(Expression::Literal(Value::Number(Number::whole(most)))),
        ),
        text: say(text),
    }
}

fn choosing() -> Vec<Question> {
    let mut seriously = question(
        "alvor",
        QuestionKind::Scale {
            scale: id("enig5"),
            faces: false,
        },
        (
            "Hvor enig er du? Jeg ble tatt på alvor på BUP.",
            "Kor einig er du? Eg vart teken på alvor på BUP.",
            "How much do you agree? I was taken seriously at BUP.",
        ),
    );
    seriously.interviewer_note = Some(say((
        "Les opp alle fem første gang.",
        "Les opp alle fem første gong.",
        "Read out all five the first time.",
    )));
    seriously.probes = vec![say((
        "Kan du gi et eksempel?",
        "Kan du gje eit døme?",
        "Can you give an example?",
    ))];
    let mut other = option("annet", ("Noe annet", "Noko anna", "Something else"));
    other.specify = true;
    other.pin_last = true;
    let mut decided = question(
        "bestemte",
        QuestionKind::One(choices(vec![
            option(
                "jeg",
                ("Jeg bestemte mest selv", "Eg bestemte mest sjølv", "Mostly I did"),
            ),
            option(
                "sammen",
                ("Vi bestemte sammen", "Vi bestemte saman", "We decided together"),
            ),
            option(
                "behandler",
                (
                    "Behandleren bestemte",
                    "Behandlaren bestemte",
                    "The therapist did",
                ),
            ),
            other.clone(),
        ])),
        (
            "Hvem bestemte hva du skulle få hjelp til?",
            "Kven bestemte kva du skulle få hjelp til?",
            "Who decided what you should get help with?",
        ),
    );
    decided.required = true;
    decided.interviewer_note = Some(say((
        "Ikke les opp det som står i parentes.",
        "Ikkje les opp det som står i parentes.",
        "Do not read out what is in brackets.",
    )));
    let helpers: [(&str, Words); 12] = [
        ("behandler", ("Behandler", "Behandlar", "Therapist")),
        ("lege", ("Lege", "Lege", "Doctor")),
        (
            "helsesykepleier",
            ("Helsesykepleier", "Helsesjukepleiar", "School nurse"),
        ),
        ("laerer", ("Lærer", "Lærar", "Teacher")),
        ("trener", ("Trener", "Trenar", "Coach")),
        (
            "forelder",
            (
                "Forelder eller foresatt",
                "Forelder eller føresett",
                "Parent or guardian",
            ),
        ),
        ("sosken", ("Søsken", "Sysken", "Sibling")),
        ("besteforelder", ("Besteforelder", "Besteforelder", "Grandparent")),
        ("venn", ("Venn", "Ven", "Friend")),
        ("kjaereste", ("Kjæreste", "Kjærast", "Partner")),
        ("nabo", ("Nabo", "Nabo", "Neighbour")),
        ("andre", ("En annen", "Ein annan", "Someone else")),
    ];
    let helped = question(
        "hjalp",
        QuestionKind::One(choices(helpers.map(|(code, words)| option(code, words)).to_vec())),
        (
            "Hvem har hjulpet deg mest?",
            "Kven har hjelpt deg mest?",
            "Who has helped you most?",
        ),
    );
    let talk = question(
        "snakke",
        QuestionKind::Scale {
            scale: id("fjes5"),
            faces: true,
        },
        (
            "Hvordan var det å snakke med behandleren?",
            "Korleis var det å snakke med behandlaren?",
            "What was it like to talk to the therapist?",
        ),
    );
    let mut safe = question(
        "trygg",
        QuestionKind::Scale {
            scale: id("tall0_10"),
            faces: false,
        },
        (
            "Fra 0 til 10: Hvor trygg følte du deg på venterommet?",
            "Frå 0 til 10: Kor trygg kjende du deg på venterommet?",
            "From 0 to 10: How safe did you feel in the waiting room?",
        ),
    );
    safe.help = Some(say((
        "0 er ikke trygg, 10 er helt trygg.",
        "0 er ikkje trygg, 10 er heilt trygg.",
        "0 is not safe, 10 is completely safe.",
    )));
    let mut none = option("ingen", ("Ingen av disse", "Ingen av desse", "None of these"));
    none.exclusive = true;
    none.pin_last = true;
    let mut important = question(
        "viktig",
        QuestionKind::Many {
            choices: choices(vec![
                option(
                    "horte",
                    (
                        "At noen hørte på meg",
                        "At nokon høyrde på meg",
                        "That someone listened",
                    ),
                ),
                option(
                    "fort",
                    ("At det gikk fort", "At det gjekk fort", "That it was quick"),
                ),
                option(
                    "bestemme",
                    (
                        "At jeg fikk være med og bestemme",
                        "At eg fekk vere med og bestemme",
                        "That I had a say",
                    ),
                ),
                other,
                none,
            ]),
            min: Some(1),
            max: Some(3),
        },
        (
            "Hva var viktig for deg?",
            "Kva var viktig for deg?",
            "What mattered to you?",
        ),
    );
    important.interviewer_note = Some(say((
        "Les opp alle. Spør «noe mer?» til slutt.",
        "Les opp alle. Spør «noko meir?» til slutt.",
        "Read out all. Ask “anything else?” at the end.",
    )));
    vec![seriously, decided, helped, talk, safe, important]
}

fn several() -> Vec<Question> {
    let mut statements = question(
        "pastander",
        QuestionKind::Matrix {
            rows: vec![
                row(
                    "visste",
                    (
                        "Jeg visste hva som skulle skje.",
                        "Eg visste kva som skulle skje.",
                        "I knew what would happen.",
                    ),
                ),
                row(
                    "nok_tid",
                    ("Jeg fikk nok tid.", "Eg fekk nok tid.", "I got enough time."),
                ),
                row(
                    "over",
                    (
                        "De bestemte over hodet på meg.",
                        "Dei bestemte over hovudet på meg.",
                        "They decided over my head.",
                    ),
                ),
            ],
            scales: vec![id("enig5")],
        },
        (
            "Hvor enig er du i dette om BUP?",
            "Kor einig er du i dette om BUP?",
            "How much do you agree with this about BUP?",
        ),
    );
    statements.interviewer_note = Some(say((
        "Les opp én påstand om gangen.",
        "Les opp éin påstand om gongen.",
        "Read out one statement at a time.",
    )));
    let pairs = question(
        "par",
        QuestionKind::Matrix {
            rows: vec![
                row(
                    "raskt",
                    ("Å få hjelp raskt", "Å få hjelp raskt", "Getting help quickly"),
                ),
                row(
                    "hvor",
                    (
                        "Å vite hvor en kan spørre",
                        "Å vite kvar ein kan spørje",
                        "Knowing where to ask",
                    ),
                ),
            ],
            scales: vec![id("viktig4"), id("grad5")],
        },
        (
            "Tenk på hjelpen. Du svarer to ganger på hver setning.",
            "Tenk på hjelpa. Du svarer to gonger på kvar setning.",
            "Think of the help. You answer twice for each sentence.",
        ),
    );
    let most = question(
        "viktigst",
        QuestionKind::Rank {
            choices: choices(vec![
                option(
                    "horer",
                    (
                        "At noen hører på meg",
                        "At nokon høyrer på meg",
                        "That someone listens",
                    ),
                ),
                option(
                    "med",
                    (
                        "Å få være med og bestemme",
                        "Å få vere med og bestemme",
                        "Having a say",
                    ),
                ),
                option("fort", ("At det går fort", "At det går fort", "That it is quick")),
                option(
                    "hjemme",
                    (
                        "At de hjemme får hjelp",
                        "At dei heime får hjelp",
                        "That those at home get help",
                    ),
                ),
            ]),
            max: Some(3),
        },
        (
            "Hva er viktigst av disse?",
            "Kva er viktigast av desse?",
            "What matters most of these?",
        ),
    );
    let hands = question(
        "hender",
        QuestionKind::Count(choices(vec![
            option("raskt", ("Hjelp raskt", "Hjelp raskt", "Quick help")),
            option(
                "hort",
                ("Noen som hørte på", "Nokon som høyrde på", "Someone who listened"),
            ),
            option("skolen", ("Hjelp på skolen", "Hjelp på skulen", "Help at school")),
        ])),
        (
            "Rekk opp hånda for hver ting dere har fått.",
            "Rekk opp handa for kvar ting de har fått.",
            "Raise your hand for each thing you have had.",
        ),
    );
    vec![statements, pairs, most, hands]
}

fn writing() -> Vec<Question> {
    let halfway = question(
        "halvveis",
        QuestionKind::Info,
        (
            "Nå er vi halvveis. Si fra hvis du vil ha en pause.",
            "No er vi halvvegs. Sei frå om du vil ha ein pause.",
            "We are halfway. Tell me if you want a break.",
        ),
    );
    let mut days = question(
        "dager",
        QuestionKind::Number {
            unit: Some(say(("dager", "dagar", "days"))),
            min: Some(Number::whole(0)),
            max: Some(Number::whole(999)),
            decimals: 0,
            bands: Vec::new(),
        },
        (
            "Hvor mange dager har du vært på BUP det siste året?",
            "Kor mange dagar har du vore på BUP det siste året?",
            "How many days have you been to BUP in the past year?",
        ),
    );
    days.help = Some(say((
        "Omtrent er godt nok.",
        "Om lag er godt nok.",
        "A rough guess is fine.",
    )));
    days.checks = vec![
        number_check(
            CheckLevel::Ask,
            52,
            (
                "{{dager}} dager er mer enn én i uka. Stemmer det?",
                "{{dager}} dagar er meir enn éin i veka. Stemmer det?",
                "{{dager}} days is more than one a week. Is that right?",
            ),
        ),
        number_check(
            CheckLevel::Stop,
            366,
            (
                "{{dager}} er flere dager enn året har. Spør en gang til.",
                "{{dager}} er fleire dagar enn året har. Spør ein gong til.",
                "{{dager}} is more days than the year has. Ask again.",
            ),
        ),
    ];
    let mut start = question(
        "start",
        QuestionKind::Date {
            day: false,
            bands: Vec::new(),
        },
        (
            "Når begynte du på BUP? Måned og år holder.",
            "Når byrja du på BUP? Månad og år held.",
            "When did you start at BUP? Month and year will do.",
        ),
    );
    start.interviewer_note = Some(say((
        "Ikke spør om dato. Vi trenger den ikke.",
        "Ikkje spør om dato. Vi treng han ikkje.",
        "Do not ask for the day. We do not need it.",
    )));
    let word = question(
        "ett_ord",
        QuestionKind::Text { long: false },
        (
            "Hvilket ord passer best på venterommet?",
            "Kva ord passar best på venterommet?",
            "Which word fits the waiting room best?",
        ),
    );
    let mut different = question(
        "annerledes",
        QuestionKind::Text { long: true },
        (
            "Hva kunne BUP gjort annerledes?",
            "Kva kunne BUP gjort annleis?",
            "What could BUP have done differently?",
        ),
    );
    different.quotable = Some(id("sitat"));
    different.interviewer_note = Some(say((
        "Skriv med den andres egne ord. Stikkord er greit. Ingen navn.",
        "Skriv med den andre sine eigne ord. Stikkord er greitt. Ingen namn.",
        "Use the other person's own words. Key words are fine. No names.",
    )));
    let mut believed = question(
        "trodd",
        QuestionKind::One(choices(vec![
            option("ja", ("Ja", "Ja", "Yes")),
            option("nei", ("Nei", "Nei", "No")),
        ])),
        (
            "Har du opplevd at noen på BUP ikke trodde på deg?",
            "Har du opplevd at nokon på BUP ikkje trudde på deg?",
            "Have you felt that someone at BUP did not believe you?",
        ),
    );
    believed.self_answer = true;
    vec![halfway, days, start, word, different, believed]
}

/// The survey.
pub fn survey() -> Survey {
    let consent = Consent {
        read_aloud: say((
            "Du bestemmer selv om du vil være med.\nDu kan ta pause, hoppe over eller stoppe når du vil. Du trenger ikke si hvorfor.\n\nJeg skriver ikke ned navnet ditt.",
            "Du bestemmer sjølv om du vil vere med.\nDu kan ta pause, hoppe over eller stoppe når du vil. Du treng ikkje seie kvifor.\n\nEg skriv ikkje ned namnet ditt.",
            "You decide whether you want to take part.\nYou can take a break, skip or stop whenever you like. You don't have to say why.\n\nI do not write down your name.",
        )),
        interviewer_note: Some(say((
            "Spør: «Hva tenker du om dette?» Vent litt.",
            "Spør: «Kva tenkjer du om dette?» Vent litt.",
            "Ask: “What do you think about this?” Wait a little.",
        ))),
        points: vec![
            ConsentPoint {
                id: id("deltar"),
                text: say((
                    "Vil du være med?",
                    "Vil du vere med?",
                    "Do you want to take part?",
                )),
                required: true,
            },
            ConsentPoint {
                id: id("sitat"),
                text: say((
                    "Kan vi bruke ordene dine i rapporten?",
                    "Kan vi bruke orda dine i rapporten?",
                    "May we use your words in the report?",
                )),
                required: false,
            },
        ],
        ask_age: true,
    };
    let section = |name: &str, title, intro: Option<Words>, questions| Section {
        id: id(name),
        title: say(title),
        intro: intro.map(say),
        show_if: None,
        questions,
    };
    Survey::new(SurveyParts {
        id: Slug::new("every-type").unwrap(),
        version: "2026-11-22".to_owned(),
        fingerprint: Fingerprint("0".repeat(64)),
        languages: Language::ALL.to_vec(),
        title: say(("Prøveskjema", "Prøveskjema", "Trial form")),
        purpose: None,
        consent,
        missing_wording: BTreeMap::new(),
        scales: scales(),
        dimensions: Vec::new(),
        sections: vec![
            section(
                "velge",
                ("Møtet med BUP", "Møtet med BUP", "Meeting BUP"),
                Some((
                    "Først noen spørsmål om BUP.",
                    "Først nokre spørsmål om BUP.",
                    "First some questions about BUP.",
                )),
                choosing(),
            ),
            section(
                "flere",
                ("Flere på én gang", "Fleire på éin gong", "Several at once"),
                None,
                several(),
            ),
            section(
                "skrive",
                ("Tall og ord", "Tal og ord", "Numbers and words"),
                None,
                writing(),
            ),
        ],
        readback: None,
        group_mode: Some(GroupMode {
            questions: vec![id("alvor"), id("annerledes")],
            only: vec![id("hender")],
            min_people: 4,
        }),
        quotas: Vec::new(),
        tightening: Tightening::default(),
        report_tables: Vec::new(),
        codebooks: Vec::new(),
    })
    .unwrap()
}

/// What was done to interviews that are kept.
#[derive(Debug, Default)]
pub struct Deeds {
    pub kept: AtomicUsize,
    pub sealed: AtomicUsize,
    pub deleted: AtomicUsize,
    /// 1 while the disk is full.
    pub full: AtomicUsize,
    /// 1 while the disk has not said yet that it has everything.
    pub slow: AtomicUsize,
    /// 1 where interviews get a withdrawal code.
    pub with_code: AtomicUsize,
    /// Codes that were written down.
    pub noted: AtomicUsize,
    /// Every step, in order, as a journal keeps them.
    pub steps: Mutex<Vec<Action>>,
}

struct Counting(Arc<Deeds>);

impl Keeper for Counting {
    fn begin(&mut self, _: &Interview, steps: &[Action]) {
        self.0.kept.fetch_add(steps.len(), Ordering::SeqCst);
        self.0.steps.lock().unwrap().extend_from_slice(steps);
    }
    fn keep(&mut self, step: &Action) {
        self.0.kept.fetch_add(1, Ordering::SeqCst);
        self.0.steps.lock().unwrap().push(step.clone());
    }
    fn saved(&mut self) -> Saved {
        if self.0.full.load(Ordering::SeqCst) == 1 {
            Saved::Failed(Trouble::DiskFull)
        } else if self.0.slow.load(Ordering::SeqCst) == 1 {
            Saved::Saving
        } else {
            Saved::Safe
        }
    }
    fn wait(&mut self) -> Saved {
        self.saved()
    }
    fn try_again(&mut self, _: &Interview, _: &[Action]) {}
    fn seal(&mut self, _: &InterviewRecord) -> Result<(), Trouble> {
        self.0.sealed.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
    fn code(&mut self) -> Option<WithdrawalCode> {
        (self.0.with_code.load(Ordering::SeqCst) == 1)
            .then(|| WithdrawalCode::from_random([0, 1, 0, 2, 0, 3]))
    }
    fn code_is_noted(&mut self) -> Result<(), Trouble> {
        self.0.noted.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
    fn delete(&mut self) -> Result<Remains, Trouble> {
        self.0.deleted.fetch_add(1, Ordering::SeqCst);
        Ok(Remains::Nothing)
    }
}

/// A desk that keeps nothing.
pub struct SampleDesk {
    pub title: Localized,
    pub made_up: bool,
    pub surveys: RoundSurveys,
    pub sites: Vec<Site>,
    pub contacts: Vec<Contact>,
    pub drafts: Vec<DraftEntry>,
    pub deeds: Arc<Deeds>,
    /// Whether it is a laptop that hands over to a coordinator.
    pub laptop: bool,
}

impl SampleDesk {
    pub fn new(survey: Survey) -> Self {
        let contact = |name: Words, phone: &str| Contact {
            name: say(name),
            phone: CleanText::line(phone),
            checked: None,
        };
        Self {
            title: say(("Min stemme teller", "Mi stemme tel", "My voice counts")),
            made_up: false,
            surveys: RoundSurveys::read_already(vec![Arc::new(survey)]),
            sites: Vec::new(),
            contacts: vec![
                contact(("Mental Helse", "Mental Helse", "Mental Helse"), "116 123"),
                contact(("Koordinator", "Koordinator", "Coordinator"), "00 00 00 00"),
            ],
            drafts: Vec::new(),
            deeds: Arc::default(),
            laptop: false,
        }
    }

    fn interview(&self, wanted: &NewInterview) -> Interview {
        let policy = ConsentPolicy {
            self_from: Some(16),
            guardian_below: Some(16),
            reason: None,
        };
        let opening = Opening {
            interview: InterviewId::from_bytes([7; 16]),
            survey: SurveyStamp {
                id: wanted.survey.id().clone(),
                version: "2026-11-22".to_owned(),
                sha256: Fingerprint("0".repeat(64)),
            },
            round: Slug::new("r1").unwrap(),
            site: wanted.site.clone(),
            laptop: None,
            interviewer: None,
            mode: wanted
                .group
                .map_or(Mode::Individual, |people| Mode::Group { people }),
            entered: wanted.entered,
            language: wanted.language,
            order_seed: 7,
            age_bands: policy.age_bands(),
            made_up: self.made_up,
        };
        Interview::begin(Arc::clone(&wanted.survey), opening)
    }
}

impl Desk for SampleDesk {
    fn title(&self) -> Option<&Localized> {
        Some(&self.title)
    }
    fn made_up(&self) -> bool {
        self.made_up
    }
    fn surveys(&self) -> &RoundSurveys {
        &self.surveys
    }
    fn sites(&self) -> &[Site] {
        &self.sites
    }
    fn contacts(&self) -> &[Contact] {
        &self.contacts
    }
    fn withdraw_until(&self) -> Option<Date> {
        None
    }
    fn drafts(&self) -> Vec<DraftEntry> {
        self.drafts.clone()
    }
    fn sealed(&self) -> usize {
        self.deeds.sealed.load(Ordering::SeqCst)
    }
    fn draft_secret(&self) -> DraftSecret {
        if self.laptop {
            DraftSecret::LaptopCode
        } else {
            DraftSecret::Passphrase
        }
    }
    fn key_words(&self) -> Option<String> {
        self.laptop.then(|| "fjell kopp lys ravn fjord blomst".to_owned())
    }
    fn waiting(&self) -> Option<Waiting> {
        self.laptop.then_some(Waiting {
            waiting: 2,
            unconfirmed: 1,
            slips: 0,
        })
    }
    fn sticks(&self) -> Vec<PathBuf> {
        vec![PathBuf::from("/media/ada/STIKKE")]
    }
    fn hand_over(&mut self, to: &Path) -> Result<HandedOver, CannotHandOver> {
        if to != Path::new("/media/ada/STIKKE") {
            return Err(CannotHandOver::NoFolder);
        }
        Ok(HandedOver {
            drafts: 0,
            path: to.join("levering-7f3a.stemme"),
            interviews: 3,
            checked: 3,
            confirmed: 1,
        })
    }
    fn clear(&mut self, _: &Path) -> Result<Cleared, CannotHandOver> {
        Ok(Cleared {
            interviews: 1,
            drafts: 0,
            slips: 0,
        })
    }
    fn begin(&mut self, wanted: &NewInterview) -> Result<Session, CannotStart> {
        let keeper = Counting(Arc::clone(&self.deeds));
        Ok(Session::begin(self.interview(wanted), Box::new(keeper)))
    }
    fn prove(&self, secret: &str) -> Result<(), CannotStart> {
        (secret == "riktig").then_some(()).ok_or(CannotStart::WrongSecret)
    }
    fn resume(&mut self, _: &DraftEntry, secret: Option<&str>) -> Result<(Session, Recovery), CannotStart> {
        if secret != Some("riktig") {
            return Err(CannotStart::WrongSecret);
        }
        let wanted = NewInterview {
            survey: Arc::clone(&self.surveys.as_read()[0]),
            site: None,
            language: Language::Bokmal,
            group: None,
            entered: Entered::Live,
            letter: None,
        };
        let mut interview = self.interview(&wanted);
        let steps = vec![
            Action::Next,
            Action::AgeBand(id("16p")),
            Action::Consent {
                point: id("deltar"),
                given: true,
            },
            Action::Consent {
                point: id("sitat"),
                given: true,
            },
            Action::GoTo(id("annerledes")),
            Action::Typing {
                item: ItemKey::question(id("annerledes")),
                text: CleanText::block("halv setn"),
            },
        ];
        for step in &steps {
            interview.apply(step).unwrap();
        }
        let keeper = Counting(Arc::clone(&self.deeds));
        let found = Recovery {
            torn: true,
            damaged: false,
            copy_is_out: false,
        };
        Ok((Session::resume(interview, steps, Box::new(keeper)), found))
    }
    fn practice(&mut self, wanted: &NewInterview) -> Session {
        let keeper = Counting(Arc::clone(&self.deeds));
        Session::begin(self.interview(wanted), Box::new(keeper))
    }
}
