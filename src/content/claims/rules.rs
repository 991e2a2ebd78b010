//! The words and their reasons. To look for one more, add it here.

pub struct Rule {
    /// What `allow` calls it.
    pub word: &'static str,
    /// How it is said. `a|b` is one of several words, `x*` any word that
    /// begins so, `..` up to three words, `.` where a sentence begins or ends, `:` where a list follows, `@ailment` one of [`AILMENTS`].
    pub forms: &'static [&'static str],
    /// Phrases around it that claim nothing.
    pub fine: &'static [&'static str],
    /// True for what a doctor may do: "your doctor treats it" is no claim.
    pub is_for_others: bool,
    pub reason: &'static str,
}

/// What has a name and belongs in a doctor's hands.
pub const AILMENTS: &str = "
    addiction|ailment*|allerg*|alzheimer*|anxiety|arthritis|asthma|autism|bursitis|cancer|carpal|condition|
    conditions|covid|depression|diabetes|disease|diseases|disorder|disorders|eczema|epilepsy|fibromyalgia|
    flu|fracture*|gout|headache*|hernia*|hypertension|illness*|infection*|infertility|injury|injuries|
    insomnia|lymphedema|migraine*|neuralgia|neuropathy|osteoarthritis|osteoporosis|parkinson*|ptsd|
    rheumat*|sciatica|scoliosis|sclerosis|sprain*|stroke|syndrome*|tendinitis|tendonitis|tinnitus|tmj|
    tumor*|vertigo|whiplash";

/// Those whose work it is.
pub const OTHERS: &[&str] = &[
    "doctor",
    "doctors",
    "doctor's",
    "physician",
    "physicians",
    "physician's",
    "surgeon",
    "dentist",
    "nurse",
    "hospital",
    "specialist",
    "neurologist",
    "chiropractor",
    "psychologist",
    "pharmacist",
];

const OFFERS: &str = "Only someone trained in that profession offers it; a massage therapist works beside them \
                      and can't call the work that.";

pub const RULES: &[Rule] = &[
    Rule {
        word: "cure",
        forms: &["cure|cures|cured|curing|curative", "remedy|remedies|antidote for|against"],
        fine: &[],
        is_for_others: true,
        reason: "Nobody can say that massage cures, and a health claim in an ad needs scientific proof \
                 (Federal Trade Commission).",
    },
    Rule {
        word: "heal",
        forms: &[
            "heal|heals|healed|healing .. @ailment",
            "heal|heals|healed you|your|yourself|people|clients",
            "healer|healers",
        ],
        fine: &["heal|heals|healed|healing from|after"],
        is_for_others: true,
        reason: "Nobody can promise to heal anything; say what clients report.",
    },
    Rule {
        word: "treat",
        forms: &[
            "treat|treats|treated|treating|treatment|treatments .. @ailment",
            "@ailment treatment|treatments|therapy|specialist",
            "@ailment i|we treat",
            "@ailment that|which i|we treat",
            "treat|treats|treating : .. @ailment",
            "i|we treat . .. @ailment",
        ],
        fine: &[
            "in|after|during|your|their treatment|treatments for",
            "in|after|during|through .. treatment|treatments",
            "be|being|been|is|are|was|were treated for",
        ],
        is_for_others: true,
        reason: "Treating a disease or an injury is practicing medicine, and in California that takes a \
                 physician's license (Business and Professions Code 2052).",
    },
    Rule {
        word: "relieve",
        forms: &[
            "relieve|relieves|relieved|relieving|alleviate|alleviates|eliminate|eliminates .. @ailment",
            "relief from .. @ailment",
        ],
        fine: &["may|might|could|help|helps .. relieve|alleviate"],
        is_for_others: true,
        reason: "Saying that massage relieves a named condition is a health claim, and needs scientific proof; \
                 say what clients report.",
    },
    Rule {
        word: "diagnose",
        forms: &["diagnos*"],
        fine: &["been|was|were|is|are|newly diagnosed", "your|doctor's|physician's diagnosis"],
        is_for_others: true,
        reason: "Saying what a person suffers from is a physician's work (Business and Professions Code 2052); \
                 say what you see and feel.",
    },
    Rule {
        word: "prescribe",
        forms: &["prescrib*"],
        fine: &["been|was|were|is|are|you prescribed"],
        is_for_others: true,
        reason: "Only physicians and a few others named by law prescribe; suggest or show instead.",
    },
    Rule {
        word: "medicine",
        forms: &[
            "stop|quit|drop|replace|replaces|replacing|discard .. medicine*|medication*|drugs|pills|painkiller*",
            "instead of|without .. medicine*|medication*|drugs|pills|painkiller*",
            "off your|their|his|her medicine*|medication*|drugs|pills|painkiller*",
        ],
        fine: &[],
        is_for_others: true,
        reason: "Whether to skip a medicine is between clients and their doctors; advice about it can do harm.",
    },
    Rule {
        word: "licensed",
        forms: &[
            "licensed|licenced",
            "my|our|state license|licence",
            "license|licence number|no|0*|1*|2*|3*|4*|5*|6*|7*|8*|9*",
            "lmt|rmt",
            "registered massage|therapist|bodyworker",
        ],
        fine: &[
            "licensed .. physician*|doctor*|nurse*|surgeon*|dentist*|psychologist*|chiropractor*|acupuncturist*",
            "licensed health|physical",
        ],
        is_for_others: true,
        reason: "California certifies massage therapists and doesn't license them; say “certified”, with the \
                 certificate number (Business and Professions Code 4611).",
    },
    Rule {
        word: "detox",
        forms: &["detox*", "toxin|toxins|impurities", "flush|flushes|flushing .. waste|lactic"],
        fine: &[],
        is_for_others: false,
        reason: "Massage hasn't been shown to remove anything harmful from the body; the liver and kidneys do that.",
    },
    Rule {
        word: "guarantee",
        forms: &["guarant*", "i|we promise .. will|relief|result|results", "success rate|rates"],
        fine: &["i|we promise that i|we", "i|we promise i|we"],
        is_for_others: false,
        reason: "Nobody can know how a body will respond, and a promised result has to be provable.",
    },
    Rule {
        word: "medical",
        forms: &["medical|medically|medicinal"],
        fine: &[
            "medical advice|help|attention|care|emergency|emergencies|history|record|records",
            "under|in|other|your medical treatment",
        ],
        is_for_others: true,
        reason: "“Medical” suggests a physician's care, and massage isn't that.",
    },
    Rule {
        word: "proven",
        forms: &[
            "doctor|doctors|physician|physicians approved|endorsed|recommended",
            "fda approved|cleared|registered",
            "clinically|medically|scientifically proven|tested|approved|shown",
        ],
        fine: &["your|the|their|another doctor|physician approved|endorsed|recommended"],
        is_for_others: false,
        reason: "An approval or a proof has to exist, and be at hand, before you advertise it (Federal \
                 Trade Commission).",
    },
    Rule {
        word: "prevent",
        forms: &["prevent|prevents|prevented|preventing|prevention|reverse|reverses|reversing .. @ailment"],
        fine: &[],
        is_for_others: true,
        reason: "Saying that massage prevents or reverses a condition is a health claim, and needs scientific proof.",
    },
    Rule {
        word: "immune",
        forms: &["boost*|strengthen*|improve*|increase*|support* .. immune|immunity"],
        fine: &[],
        is_for_others: false,
        reason: "Massage hasn't been shown to make anyone less likely to get sick.",
    },
    Rule {
        word: "safe",
        forms: &[
            "no|zero|without side effects",
            "risk free",
            "100|completely|totally|perfectly|absolutely|entirely .. safe|harmless|effective",
            "safe for everyone|everybody|anyone|all",
        ],
        fine: &[],
        is_for_others: false,
        reason: "No bodywork is free of risk for everyone; say who should ask a doctor first.",
    },
    Rule {
        word: "permanent",
        forms: &[
            "permanent relief|result|results|solution|change|changes",
            "permanently .. relieve*|remove*|eliminate*|free|gone|rid",
            "once and for all",
            "will|you'll .. pain free",
            "pain free in|after",
            "miracle|miracles|miraculous|miraculously",
        ],
        fine: &[],
        is_for_others: false,
        reason: "Nobody can know that relief will last; say what clients report.",
    },
    Rule {
        word: "adjust",
        forms: &[
            "adjust|adjusts|adjusted|adjusting|adjustment|adjustments .. spine|spinal|vertebra*|neck|pelvis|joints",
            "realign*|manipulate|manipulates|manipulating .. spine|spinal|vertebra*|neck|pelvis|joints",
            "spinal|chiropractic|neck|joint adjustment|adjustments|manipulation|manipulations",
        ],
        fine: &[],
        is_for_others: true,
        reason: "Adjusting the spine or a joint is a chiropractor's work; massage works on soft tissue.",
    },
    Rule {
        word: "physical therapy",
        forms: &[
            "i|we|he|she offer|offers|provide|provides|give|gives|do|does|practice|practices .. physical|physio therapy",
            "my|our physical therapy|therapist",
            "i|he|she am|is .. physical therapist",
            "physical therapy session|sessions|massage",
            ". physical therapy .",
            "physical therapy for|in",
            "offer*|provid* .. physiotherapy",
        ],
        fine: &[],
        is_for_others: true,
        reason: OFFERS,
    },
    Rule {
        word: "psychotherapy",
        forms: &[
            "offer|offers|provide|provides|practice|practices .. psychotherapy|acupuncture|chiropractic",
            ". psychotherapy|acupuncture|chiropractic .",
            "i|he|she am|is .. psychotherapist|chiropractor|acupuncturist",
        ],
        fine: &[],
        is_for_others: false,
        reason: OFFERS,
    },
    Rule {
        word: "patients",
        forms: &["patients", "my|our patient"],
        fine: &["hospital|cancer patients"],
        is_for_others: true,
        reason: "Physicians have patients; “clients” makes it clear that this is massage.",
    },
];
