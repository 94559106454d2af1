//! The small lists.

/// First names.
pub(super) const NAMES: &[&str] = &[
    "Ada", "Ben", "Cleo", "Dan", "Elif", "Femi", "Grace", "Hugo", "Ines", "Jun", "Kofi", "Lena", "Mira", "Nils",
    "Olga", "Pia", "Quinn", "Ravi", "Sara", "Tom",
];

/// Texts by words in the field's name.
pub(super) const TEXTS: &[(&[&str], &[&str])] = &[
    (
        &[
            "customer",
            "patron",
            "member",
            "name",
            "user",
            "person",
            "author",
            "courier",
            "driver",
            "employee",
            "payer",
            "attendee",
            "guest",
            "owner",
            "host",
            "claimant",
            "applicant",
            "by",
        ],
        NAMES,
    ),
    (&["reason", "cause", "why"], &["changed my mind", "took too long", "ordered twice", "found it elsewhere"]),
    (&["dish", "meal", "food", "menu"], &["ramen", "pizza", "falafel", "curry", "pierogi", "tacos"]),
    (&["product", "item", "article", "goods"], &["tea", "lamp", "chair", "notebook", "bicycle", "umbrella"]),
    (&["city", "town", "branch", "location", "place"], &["Berlin", "Lagos", "Lima", "Kyoto", "Oslo", "Porto"]),
    (&["street", "address"], &["1 Harbour Street", "12 Mill Lane", "7 Station Road", "30 Orchard Way"]),
    (&["country"], &["DE", "NG", "PE", "JP", "NO", "PT"]),
    (&["currency"], &["EUR", "USD", "JPY", "NOK"]),
    (&["phone", "mobile"], &["+49 30 5550100", "+51 1 5550123", "+81 75 5550142"]),
    (&["isbn"], &["9780306406157", "9783161484100", "9780131103627"]),
    (&["book", "title", "topic", "subject"], &["The Long Way", "A Quiet Harbour", "Winter Notes", "On Rivers"]),
    (&["colour", "color"], &["red", "blue", "green", "black"]),
    (&["note", "comment", "description", "message", "remark"], &["please ring twice", "no hurry", "as agreed"]),
    (&["url", "link", "website"], &["https://example.org/a", "https://example.org/b"]),
    (&["language"], &["en", "de", "es", "ja"]),
    (&["status", "state"], &["open", "closed"]),
];

/// Words of texts that look like codes.
pub(super) const CODES: &[(&[&str], ())] =
    &[(&["code", "id", "number", "reference", "ref", "sku", "account", "iban", "card"], ())];

/// Ranges of numbers by words in the field's name.
pub(super) const WHOLE: &[(&[&str], (i64, i64))] = &[
    (&["item", "quantity", "count", "line", "piece", "seat", "guest"], (1, 9)),
    (&["rating", "star", "score"], (1, 5)),
    (&["age"], (18, 90)),
    (&["year"], (2020, 2030)),
    (&["day", "night", "duration", "week", "month"], (1, 30)),
    (&["minute", "hour"], (1, 60)),
    (&["percent", "percentage", "discount"], (0, 50)),
    (&["stock", "capacity"], (10, 200)),
    (&["fee", "tip", "shipping"], (1, 20)),
    (&["salary", "damage", "claim", "premium", "sum"], (100, 5_000)),
];
