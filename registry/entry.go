package registry

// Kind says what an entry is.
type Kind uint8

// The kinds of entries.
const (
	_        Kind = iota
	Country       // a state or territory, of today or of the past
	Person        // somebody who holds or held an office
	Body          // an organization: ministry, parliament, alliance, court, party, company
	Armed         // an armed group that is not a state's
	Metonym       // a building or place that speaks for a body or country; see Registry.StandsFor
	Place         // a city, region or building
	Agency        // a news agency or outlet
	Platform      // where people post: X, Telegram, Truth Social
	People        // people by origin or belief: Kurds, Tutsis
)

var kindNames = []string{"", "country", "person", "body", "armed", "metonym", "place", "agency", "platform", "people"}

// String is the name of k, "" when unset.
func (k Kind) String() string { return nameOf(kindNames, k) }

// ParseKind gives the kind with a name.
func ParseKind(s string) (Kind, bool) { return valueOf[Kind](kindNames, s) }

// Form says how a name names its entry.
type Form uint8

// The forms of names.
const (
	_             Form = iota
	FormName           // the name itself or another name in full: "Azerbaijan"
	FormAdjective      // "Azerbaijani"
	FormDemonym        // "Azerbaijanis", "a Briton"
	FormMetonym        // "the Kremlin"; "Ankara" for the country
	FormAcronym        // "UAE", "WHO"
	FormSurname        // "Merkel": weak alone, many share one
	FormCapital        // "Ankara" for the city that is a capital
)

var formNames = []string{"", "name", "adjective", "demonym", "metonym", "acronym", "surname", "capital"}

// String is the name of f, "" when unset.
func (f Form) String() string { return nameOf(formNames, f) }

// Level is the level of state business an office belongs to.
type Level uint8

// The levels, from the top.
const (
	_ Level = iota
	Leaders
	Ministers
	Envoys
	Officials
)

var levelNames = []string{"", "leaders", "ministers", "envoys", "officials"}

// String is the name of l, "" when unset.
func (l Level) String() string { return nameOf(levelNames, l) }

// ParseLevel gives the level with a name.
func ParseLevel(s string) (Level, bool) { return valueOf[Level](levelNames, s) }

// Gender is the grammatical gender that pronouns for somebody have in the
// press; unset where it is not known or a name goes with either.
type Gender uint8

// The genders.
const (
	_ Gender = iota
	Female
	Male
)

var genderNames = []string{"", "f", "m"}

// String is "f", "m" or "".
func (g Gender) String() string { return nameOf(genderNames, g) }

// Entry is somebody or something the tables know. Entries belong to the
// registry and are not to be written.
type Entry struct {
	Key  string // unique: alpha-3 code of a country, else a slug
	Name string // the usual name in the press
	Kind Kind
	// Country is the ISO 3166-1 alpha-3 code of the country it is, belongs to
	// or acts for, or IGO UNO EUR NGO ISM IMG MNC; "" when none applies.
	Country  string
	Code     string // CAMEO actor code: "RUSGOV"; of a person, see Offices
	Wikidata string // "Q…", or ""
	Gender   Gender
	Offices  []Office // of a person, by date
	Members  []string // of a body of states: keys of entries; nil when not listed
	Stands   string   // of a metonym: key of the entry it stands for
	Within   string   // of a place: the larger place it lies in, by name
	Capital  string   // of a country: its capital's usual name
	Sector   string   // of a body or place: main role code (GOV, REB, JRN, PRE …)
	Sector2  string   // second role code, often ""

	surface []surface
	own     bool // from a user's table
	at      *row // of a metonym: its row, for messages
}

// surface is one way to name an entry.
type surface struct {
	text string
	form Form
}

// Office is a post somebody holds or held.
type Office struct {
	Title   string // as the press writes it: "Foreign Minister"
	Org     string // the body it is an office of; "" when that is the state
	Country string // as Entry.Country
	Role    string // main CAMEO role code: GOV MIL LEG JUD SPY OPP …
	Kind    OfficeKind
	Level   Level
	From    Date // zero when unknown
	To      Date // the last day; zero for an office still held, or unknown
}

// Match is an entry named by words of a text.
type Match struct {
	Entry *Entry
	Form  Form
	N     int // how many words name it
	// Weak marks a surname that is an ordinary word or a given name too: "May",
	// "Said", "Joseph". It needs more to go by than its capital: a title before
	// it, or somebody of that name before.
	Weak bool
}

type enum interface{ ~uint8 }

func nameOf[E enum](names []string, v E) string {
	if int(v) < len(names) {
		return names[v]
	}
	return ""
}

// valueOf gives the value with a name; the value is unset and the second
// result false where there is none.
func valueOf[E enum](names []string, s string) (E, bool) {
	for i := 1; i < len(names); i++ {
		if names[i] == s {
			return E(i), true
		}
	}
	return 0, false
}
