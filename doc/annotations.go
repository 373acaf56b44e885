package doc

import "time"

// Indices into the document's slices; None refers to nothing.
type (
	ActorID     int32
	MentionID   int32
	StatementID int32
	EventID     int32
	IssueID     int32
)

// Name is a proper name in the text.
type Name struct {
	Span       Span
	Kind       NameKind
	Confidence float32
}

// Time is an expression of time and the interval it stands for.
type Time struct {
	Span Span
	// From and To bound the interval, both inclusive, in UTC: days where Unit is
	// day or coarser, instants for hour and minute. Both are zero where the
	// interval is not known ("on Monday" in an article without a date).
	From, To time.Time
	Unit     Granularity
	Relation TimeRelation
	Set      bool // it repeats: "every Monday", "annually"
}

// TimeRelation is how the words before an expression bound it: "by Friday".
type TimeRelation uint8

// The relations of a time to its event.
const (
	TimeAt     TimeRelation = iota // on, in, at, or no word at all
	TimeBy                         // by Friday: a deadline
	TimeSince                      // since March
	TimeUntil                      // until May
	TimeBefore                     // before, ahead of
	TimeAfter                      // after, following
)

// Known reports whether the interval is known.
func (t Time) Known() bool { return !t.From.IsZero() }

// Duration is how long something lasted: "roughly 40-minute", "two days".
type Duration struct {
	Span        Span
	Minutes     int
	Approximate bool
}

// Actor is one person, body, country, group or place of the article.
type Actor struct {
	Name       string // the fullest the article gives, or the registry's
	Kind       ActorKind
	Country    string // ISO 3166-1 alpha-3, or IGO UNO EUR NGO ISM IMG MNC; "" unknown
	Code       string // CAMEO actor code: country and role; "" unknown
	Wikidata   string
	Entry      string // its key in the registry; "" when it is not there
	Roles      []Role
	Members    []ActorID // of a group; nil when they are not known
	Anonymous  bool      // someone the article does not name: "a senior official"
	Confidence float32
}

// Role is an office as the article words it.
type Role struct {
	Title  string
	Org    string // the country or body it is an office of
	Former bool
	Span   Span
}

// Mention is one place where the text speaks of an actor.
type Mention struct {
	Span       Span
	Head       int32 // the token the tree hangs it by
	Actor      ActorID
	Form       MentionForm
	Confidence float32
}

// ActorRef is an actor and the words that name it here.
type ActorRef struct {
	Actor ActorID
	Span  Span
}

// Source is who makes a statement.
type Source struct {
	Actor    ActorID // None when the source is no actor: "reportedly"
	Span     Span
	Standing Standing
}

// Cue is the words that report a statement.
type Cue struct {
	Span  Span
	Head  int32 // its main word, None when there is none (a continued quotation)
	Lemma string
	Act   Act
}

// Channel is the means by which something was said.
type Channel struct {
	Kind ChannelKind // unset when the article tells of none
	Text string
	Span Span
}

// Statement is what somebody is reported to say, believe, demand, or not say.
type Statement struct {
	Form       StatementForm
	Source     Source
	Within     StatementID // the statement that relays this one, or None
	Via        []ActorRef  // who relays it, nearest the reporter first
	Cue        Cue
	Content    []Span // in pieces where its own cue breaks it; empty for a silence
	To         []ActorRef
	Channel    Channel
	Record     RecordKind
	Time       *Time
	About      []EventID // set by the event stage
	Topics     []IssueID // set by the issue stage
	RespondsTo []StatementID
	Negated    bool
	Confidence float32
}

// Event is one thing that happened, is planned, or is spoken of; its several
// mentions in the article are one Event.
type Event struct {
	Kind         EventKind
	Step         Step // unset for what is no step of a deal
	Of           Span // words for that deal, or for what sails; empty where none are told
	Format       Format
	Level        Level
	Participants []Participant
	Place        Place
	Time         *Time
	Deadline     *Time
	Duration     *Duration
	Topics       []IssueID // set by the issue stage
	Status       Status    // what the article as a whole supports
	Claims       []Claim
	Conditions   []Condition
	Links        []Link

	PLOVER       string   // event type, "CONSULT"
	Mode         string   // PLOVER mode, "" without
	Aux          []string // PLOVER's auxiliary modes: historical future hypothetical negation
	CAMEO        string   // a string: leading zeros count
	Goldstein    float32
	HasGoldstein bool
	Quad         uint8 // 1 to 4; 0 unknown

	Triggers   []int32 // the tokens that name it, in text order
	Evidence   []Span
	Confidence float32
}

// Participant is an actor and its part in an event.
type Participant struct {
	Actor ActorID
	As    Part
	Span  Span
}

// Place is where an event is held.
type Place struct {
	Name   string
	Within string
	Span   Span
}

// Claim is what a statement, or the article in its own voice, asserts of an
// event.
type Claim struct {
	By         ActorID     // None: the article itself
	Statement  StatementID // None: the article itself
	Line       Line
	Status     Status // unset for a silence
	Span       Span
	Confidence float32
}

// Condition is what an event waits for.
type Condition struct {
	As    ConditionKind
	Event EventID // None when what it waits for is no event of the article
	Span  Span
}

// Link ties an event to another one.
type Link struct {
	As         LinkKind
	To         EventID
	Span       Span
	Confidence float32
}

// Issue is a topic on the table.
type Issue struct {
	Topic      string  // in the article's words
	Canonical  string  // its name in the table of topics, the same in every article; "" when it is not there
	PartOf     IssueID // None
	Concerning []ActorRef
	Evidence   []Span
	Positions  []Position
	Proposals  []Proposal
}

// Position is a party's stance on an issue and the statement it rests on.
type Position struct {
	Actor      ActorID
	Stance     Stance
	Statement  StatementID // None when it rests on the article's own words
	Span       Span
	Confidence float32
}

// Proposal is something put on the table, with its terms.
type Proposal struct {
	By     []ActorID
	Status ProposalStatus
	Terms  []Span
	Span   Span
}

// MentionOf is the smallest mention whose head is token i, or None.
func (d *Document) MentionOf(i int32) MentionID {
	best := MentionID(None)
	lo, hi := 0, len(d.Mentions)
	for lo < hi { // mentions that begin after i cannot hold it
		if m := (lo + hi) / 2; d.Mentions[m].Span.Begin <= i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	from := int32(0)
	if len(d.Sentences) > 0 {
		from = d.SentenceOf(i).Begin
	}
	for k := lo - 1; k >= 0 && d.Mentions[k].Span.Begin >= from; k-- {
		m := d.Mentions[k]
		if m.Head == i && (best < 0 || m.Span.Len() < d.Mentions[best].Span.Len()) {
			best = MentionID(k)
		}
	}
	return best
}

// MentionsIn are the mentions that lie within s, in text order: a slice of
// d.Mentions from the first that begins in s on, with those that reach beyond
// it left out.
func (d *Document) MentionsIn(s Span) []MentionID {
	var out []MentionID
	lo, hi := 0, len(d.Mentions)
	for lo < hi {
		if m := (lo + hi) / 2; d.Mentions[m].Span.Begin < s.Begin {
			lo = m + 1
		} else {
			hi = m
		}
	}
	for k := lo; k < len(d.Mentions) && d.Mentions[k].Span.Begin < s.End; k++ {
		if d.Mentions[k].Span.End <= s.End {
			out = append(out, MentionID(k))
		}
	}
	return out
}

// Date gives t as the published reading writes it: a day, or an instant where
// the unit is finer.
func (t Time) Date(v time.Time) string {
	if v.IsZero() {
		return ""
	}
	if t.Unit == PerMinute || t.Unit == PerHour {
		return v.UTC().Format(time.RFC3339)
	}
	return v.UTC().Format(time.DateOnly)
}
