// Package reading is the published form of what one article says: the JSON
// object readout/1 described in docs/reading.md.
//
// It is made from a doc.Document and knows no stage. It is the one place where
// byte and token offsets become code points. Fields may be added; none is ever
// renamed or given another meaning without a new format version.
package reading

// Format is the version of the published form.
const Format = "readout/1"

// Span is [begin, end) in code points of Document.Text.
type Span [2]int

// Reading is what one article says.
//
// A list that is nil was not looked for and is left out of the JSON; one that is
// empty was looked for, nothing was found, and it is written as [].
type Reading struct {
	Format     string      `json:"format"`
	Model      string      `json:"model,omitempty"`
	Document   Document    `json:"document"`
	Actors     []Actor     `json:"actors,omitzero"`
	Statements []Statement `json:"statements,omitzero"`
	Events     []Event     `json:"events,omitzero"`
	Issues     []Issue     `json:"issues,omitzero"`
}

// Document is the article itself.
type Document struct {
	ID         string    `json:"id"` // SHA-256 of the text, hexadecimal
	Key        string    `json:"key,omitempty"`
	Title      string    `json:"title,omitempty"`
	Outlet     string    `json:"outlet,omitempty"`
	Byline     string    `json:"byline,omitempty"`
	Credit     string    `json:"credit,omitempty"`
	URL        string    `json:"url,omitempty"`
	Published  string    `json:"published,omitempty"` // a day, or an instant in RFC 3339
	Modified   string    `json:"modified,omitempty"`
	Dateline   *Dateline `json:"dateline,omitempty"`
	Language   string    `json:"language,omitempty"`
	Text       string    `json:"text"`
	Blocks     []Block   `json:"blocks,omitzero"`
	Sentences  []Span    `json:"sentences,omitzero"`
	Judgements []Span    `json:"judgements,omitzero"`
}

// Dateline is the place a report was sent from.
type Dateline struct {
	Place string `json:"place"`
	Span  Span   `json:"span"`
}

// Block is a heading, paragraph, list or caption.
type Block struct {
	Kind string `json:"kind"`
	Span Span   `json:"span"`
}

// Actor is one person, body, country, group or place.
type Actor struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Kind       string    `json:"kind"`
	Country    string    `json:"country,omitempty"`
	Code       string    `json:"code,omitempty"`
	Wikidata   string    `json:"wikidata,omitempty"`
	Entry      string    `json:"entry,omitempty"` // its key in the registry
	Anonymous  bool      `json:"anonymous,omitempty"`
	Roles      []Role    `json:"roles,omitempty"`
	Members    []string  `json:"members,omitempty"`
	Mentions   []Mention `json:"mentions"`
	Confidence float64   `json:"confidence,omitempty"`
}

// Role is an office as the article words it.
type Role struct {
	Title  string `json:"title"`
	Org    string `json:"org,omitempty"`
	Former bool   `json:"former"`
	Span   *Span  `json:"span,omitempty"`
}

// Mention is one place where the text speaks of an actor.
type Mention struct {
	Span       Span    `json:"span"`
	Form       string  `json:"form"`
	Confidence float64 `json:"confidence,omitempty"`
}

// Ref is an actor and the words that name it.
type Ref struct {
	Actor string `json:"actor"`
	Span  *Span  `json:"span,omitempty"`
}

// Source is who makes a statement; Actor is empty when it is nobody named.
type Source struct {
	Actor    string `json:"actor,omitempty"`
	Span     *Span  `json:"span,omitempty"`
	Standing string `json:"standing,omitempty"`
}

// Cue is the words that report a statement.
type Cue struct {
	Span  Span   `json:"span"`
	Lemma string `json:"lemma,omitempty"`
	Act   string `json:"act,omitempty"`
}

// Channel is the means by which something was said.
type Channel struct {
	Kind string `json:"kind"`
	Text string `json:"text,omitempty"`
	Span *Span  `json:"span,omitempty"`
}

// Time is an interval with its granularity; From and To are left out where they
// are not known.
type Time struct {
	Text        string `json:"text"`
	From        string `json:"from,omitempty"`
	To          string `json:"to,omitempty"`
	Granularity string `json:"granularity,omitempty"`
	Span        Span   `json:"span"`
}

// Statement is what somebody is reported to say, or not to say.
type Statement struct {
	ID         string   `json:"id"`
	Form       string   `json:"form"`
	Source     Source   `json:"source"`
	Within     string   `json:"within,omitempty"`
	Via        []Ref    `json:"via,omitempty"`
	Cue        *Cue     `json:"cue,omitempty"`
	Content    []Span   `json:"content"`
	To         []Ref    `json:"to,omitempty"`
	Channel    *Channel `json:"channel,omitempty"`
	Record     string   `json:"record,omitempty"`
	Time       *Time    `json:"time,omitempty"`
	About      []string `json:"about,omitzero"`
	Topics     []string `json:"topics,omitzero"`
	RespondsTo []string `json:"responds_to,omitempty"`
	Negated    bool     `json:"negated"`
	Confidence float64  `json:"confidence,omitempty"`
}

// Event is one thing that happened, is planned, or is spoken of.
type Event struct {
	ID           string        `json:"id"`
	Kind         string        `json:"kind"`
	Step         *Step         `json:"step,omitempty"`
	Format       string        `json:"format,omitempty"`
	Level        string        `json:"level,omitempty"`
	Participants []Participant `json:"participants"`
	Place        *Place        `json:"place,omitempty"`
	Time         *Time         `json:"time,omitempty"`
	Deadline     *Time         `json:"deadline,omitempty"`
	Duration     *Duration     `json:"duration,omitempty"`
	Topics       []string      `json:"topics,omitzero"`
	Status       string        `json:"status,omitempty"`
	Claims       []Claim       `json:"claims"`
	Conditions   []Condition   `json:"conditions"`
	Links        []Link        `json:"links"`
	PLOVER       string        `json:"plover,omitempty"`
	Mode         string        `json:"mode"`
	Aux          []string      `json:"aux"`
	CAMEO        string        `json:"cameo,omitempty"`
	Goldstein    *float64      `json:"goldstein,omitempty"`
	Quad         int           `json:"quad,omitempty"`
	Evidence     []Span        `json:"evidence"`
	Confidence   float64       `json:"confidence,omitempty"`
}

// Step is what becomes of a deal once it is made: which step it is, and the
// words for the deal.
type Step struct {
	As   string `json:"as"`
	Of   string `json:"of,omitempty"`
	Span *Span  `json:"span,omitempty"`
}

// Participant is an actor and its part in an event.
type Participant struct {
	Actor string `json:"actor"`
	As    string `json:"as"`
	Span  *Span  `json:"span,omitempty"`
}

// Place is where an event is held.
type Place struct {
	Name   string `json:"name"`
	Within string `json:"within,omitempty"`
	Span   *Span  `json:"span,omitempty"`
}

// Duration is how long an event lasted.
type Duration struct {
	Text        string `json:"text"`
	Minutes     int    `json:"minutes"`
	Approximate bool   `json:"approximate"`
	Span        Span   `json:"span"`
}

// Claim is what a statement, or the article in its own voice (no By), asserts
// of an event.
type Claim struct {
	By         string  `json:"by,omitempty"`
	Statement  string  `json:"statement,omitempty"`
	Line       string  `json:"line,omitempty"`
	Status     string  `json:"status,omitempty"`
	Span       *Span   `json:"span,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
}

// Condition is what an event waits for.
type Condition struct {
	As    string `json:"as"`
	Event string `json:"event,omitempty"`
	Span  *Span  `json:"span,omitempty"`
}

// Link ties an event to another one.
type Link struct {
	As         string  `json:"as"`
	To         string  `json:"to"`
	Span       *Span   `json:"span,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
}

// Issue is a topic on the table.
type Issue struct {
	ID         string     `json:"id"`
	Topic      string     `json:"topic"`               // in the article's words
	Canonical  string     `json:"canonical,omitempty"` // its name in the table of topics
	PartOf     string     `json:"part_of,omitempty"`
	Concerning []Ref      `json:"concerning,omitempty"`
	Evidence   []Span     `json:"evidence"`
	Positions  []Position `json:"positions"`
	Proposals  []Proposal `json:"proposals"`
}

// Position is a party's stance on an issue.
type Position struct {
	Actor      string  `json:"actor"`
	Stance     string  `json:"stance"`
	Statement  string  `json:"statement,omitempty"`
	Span       *Span   `json:"span,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
}

// Proposal is something put on the table, with its terms.
type Proposal struct {
	By     []string `json:"by,omitempty"`
	Status string   `json:"status,omitempty"`
	Terms  []Span   `json:"terms"`
	Span   *Span    `json:"span,omitempty"`
}
