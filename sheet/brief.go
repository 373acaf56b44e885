package sheet

import (
	"fmt"
	"slices"
	"strings"

	"readout/record"
)

// Briefing is a brief in prose, in the manner of a parliamentary library: dated,
// short, and each of its sentences with the numbers of the notes that it rests
// on.
type Briefing struct {
	Title    string         `json:"title"`
	AsOf     string         `json:"as_of"` // an instant
	Since    string         `json:"since"`
	Process  string         `json:"process,omitempty"`
	TLP      record.TLP     `json:"tlp"`   // the strictest marking of what it contains
	Basis    string         `json:"basis"` // what it rests on as a whole
	Sections []BriefSection `json:"sections"`
	Notes    []Note         `json:"notes"`
}

// BriefSection is a heading with paragraphs, or with what to say where there are
// none.
type BriefSection struct {
	Name  string      `json:"name"`
	Paras []Paragraph `json:"paragraphs"`
	None  string      `json:"none,omitempty"`
}

// Paragraph is some sentences with a lead, a day or an issue.
type Paragraph struct {
	Lead      string          `json:"lead,omitempty"`
	Sentences []NotedSentence `json:"sentences"`
}

// NotedSentence is a sentence with the numbers of its notes, from 1.
type NotedSentence struct {
	Text  string `json:"text"`
	Notes []int  `json:"notes"`
}

// Note is what a sentence rests on: words of an article.
type Note struct {
	N         int    `json:"n"`
	ID        string `json:"id"` // of the statement or event, or of the article
	Outlet    string `json:"outlet,omitempty"`
	Title     string `json:"title,omitempty"`
	Published string `json:"published,omitempty"`
	URL       string `json:"url,omitempty"`
	Words     string `json:"words"`
	Article   string `json:"article"` // the version
	Span      [2]int `json:"span"`
	// Credibility is 1 to 6, as people set it for the claim.
	Credibility string `json:"credibility,omitempty"`
}

// maxNotes is how many notes a sentence has at most.
const maxNotes = 4

// Brief makes the briefing of a brief.
func Brief(v *record.Brief, title string) *Briefing {
	b := &briefer{at: map[string]int{}, out: &Briefing{Title: title, AsOf: v.AsOf, Since: v.Since, Process: v.Process, TLP: v.TLP, Notes: []Note{}}}
	if b.out.Title == "" {
		b.out.Title = v.Title
	}
	if b.out.Title == "" {
		b.out.Title = "State of play"
	}
	b.out.Basis = basis(v)
	b.summary(v)
	b.bare = true
	b.section("The latest", fmt.Sprintf("Nothing since %s.", longDate(v.Since)), b.events(v.Recent, b.latest))
	b.section("What is planned", "Nothing that is known.", b.events(v.Planned, b.planned))
	b.section("What is open, off or overdue", "Nothing.", b.events(v.Open, b.open))
	b.section("Positions", "No position was found.", b.positions(v.Stands))
	b.section("Where accounts differ", "Nowhere, as far as the articles go.", b.differ(v.Differ))
	b.section("What is not known", "Nothing that the articles leave open was found.", b.unknown(v))
	b.section("Chronology", "Nothing.", b.events(v.Chronology, func(e *record.Event) []NotedSentence { return b.said(b.happened(e)) }))
	return b.out
}

// basis tells what a briefing rests on.
func basis(v *record.Brief) string {
	if v.Articles == 0 {
		return "No article was found up to " + longDate(v.AsOf) + "."
	}
	s := Count(v.Articles, "article")
	if v.Unread > 0 { // the rest is told of those that were read
		s = "the newest of " + s + ","
	}
	if v.Outlets > 0 {
		s += " of " + Count(v.Outlets, "outlet")
	}
	if days := when(v.First, v.Last, "day"); days != "" {
		s += ", published " + days
	}
	if v.Unread > 0 {
		s += "; they are " + Plural(v.Stories, "story", "stories") + ", copies and versions counted once; of what is older, what is still open or to come was looked for"
	} else if v.Stories < v.Articles {
		s += "; copies and versions of one story count once, which leaves " + Plural(v.Stories, "story", "stories")
	}
	if v.More > 0 {
		s += "; " + Plural(v.More, "event that is slight or past is", "events that are slight or past are") + " left out"
	}
	return "This briefing rests on " + s + ". It was put together by a program from what is said there; what is not said there is not in it."
}

type briefer struct {
	out  *Briefing
	at   map[string]int // note by article and words
	bare bool           // sentences leave out the day, which stands before them
}

// day is when an event is, as far as the sentence has to tell it.
func (b *briefer) day(e *record.Event) string {
	if b.bare {
		return ""
	}
	return at(e)
}

// draft is a sentence before its notes are numbered.
type draft struct {
	text  string
	rests []rest
}

type rest struct {
	id    string
	w     *record.Witness
	grade string // its credibility
}

func (b *briefer) section(name, none string, paras []Paragraph) {
	s := BriefSection{Name: name, Paras: paras}
	if len(paras) == 0 {
		s.Paras, s.None = []Paragraph{}, none
	}
	b.out.Sections = append(b.out.Sections, s)
}

// said numbers the notes of sentences. What rests on nothing is not said.
func (b *briefer) said(drafts ...draft) []NotedSentence {
	var out []NotedSentence
	for _, d := range drafts {
		if d.text == "" || len(d.rests) == 0 {
			continue
		}
		s := NotedSentence{Text: end(d.text)}
		for _, r := range d.rests {
			if n := b.note(r); len(s.Notes) < maxNotes && !slices.Contains(s.Notes, n) {
				s.Notes = append(s.Notes, n)
			}
		}
		slices.Sort(s.Notes)
		out = append(out, s)
	}
	return out
}

func (b *briefer) note(r rest) int {
	w := r.w
	key := w.Article + " " + w.Words
	if n, ok := b.at[key]; ok {
		return n
	}
	n := len(b.out.Notes) + 1
	b.at[key] = n
	b.out.Notes = append(b.out.Notes, Note{N: n, ID: Short(r.id), Outlet: w.Outlet, Title: w.Title, Published: w.Published, URL: w.URL, Words: w.Words, Article: w.Article, Span: w.Span, Credibility: r.grade})
	return n
}

// claims are what some claims rest on: the statement, or the event itself.
func claims(e *record.Event, list []record.Claim) []rest {
	var out []rest
	for i := range list {
		c := &list[i]
		id := c.Said
		if id == "" {
			id = e.ID
		}
		out = append(out, rest{id, &c.Witness, c.Credibility})
	}
	return out[:min(maxNotes, len(out))]
}

// told are the articles that tell of an event.
func told(e *record.Event) []rest {
	var out []rest
	seen := map[string]bool{}
	for i := range e.Mentions {
		m := &e.Mentions[i]
		if !seen[m.Origin] {
			seen[m.Origin] = true
			out = append(out, rest{m.ID, &m.Witness, ""})
		}
	}
	return out[:min(maxNotes, len(out))]
}

func (b *briefer) events(list []*record.Event, f func(*record.Event) []NotedSentence) []Paragraph {
	var out []Paragraph
	for _, e := range list {
		if s := f(e); len(s) > 0 {
			out = append(out, Paragraph{Lead: lead(e), Sentences: s})
		}
	}
	return out
}

// lead is the day that a paragraph about an event begins with.
func lead(e *record.Event) string {
	if days := strings.TrimPrefix(strings.TrimPrefix(at(e), "on "), "in "); days != "" {
		return Capital(strings.TrimPrefix(strings.TrimPrefix(days, "from "), "between "))
	}
	return "Day not given, reported " + longDate(e.Last)
}

// according says whose word a status rests on: nobody's, where articles of two
// stories say it themselves.
func according(e *record.Event) string {
	var by []string
	own := false
	for i := range e.Status.Rests {
		c := &e.Status.Rests[i]
		if c.By == "" {
			own = true
			continue
		}
		name, is := described(c.By)
		switch {
		case is && name == "":
			name = "a source who is not named"
		case !is:
			name = the(c.By)
		}
		if !slices.Contains(by, name) {
			by = append(by, name)
		}
	}
	switch {
	case own && e.Origins > 1:
		return ""
	case own || len(by) == 0:
		return ", according to one report" + outlet(e)
	}
	s := ", according to " + List(by[:min(3, len(by))])
	if !e.Status.Rests[0].Party && len(by) == 1 { // whoever that is
		s += outlet(e)
	}
	return s
}

// outlet is who published what a status rests on.
func outlet(e *record.Event) string {
	if len(e.Status.Rests) == 0 || e.Status.Rests[0].Witness.Outlet == "" {
		return ""
	}
	return " (" + e.Status.Rests[0].Witness.Outlet + ")"
}

// rests are what an event's status rests on, else where it is told.
func rests(e *record.Event) []rest {
	if r := claims(e, e.Status.Rests); len(r) > 0 {
		return r
	}
	return told(e)
}

// quoted adds the words that a status rests on: for kinds that the record knows
// by their kind alone.
func quoted(e *record.Event) string {
	if w := status(e).Words; w != "" {
		return ": " + inner(w)
	}
	return ""
}

// status is the account that the status of an event rests on.
func status(e *record.Event) record.Witness {
	if len(e.Status.Rests) > 0 {
		return e.Status.Rests[0].Witness
	}
	return e.Mentions[0].Witness
}

// happened is an event that took place, or is taking place.
func (b *briefer) happened(e *record.Event) draft {
	ongoing := e.Status.Value == "ongoing"
	c, ok := verb(e)
	if !ok {
		by := "" // who tells of it need not be named again
		if len(e.Status.Rests) > 0 {
			by = e.Status.Rests[0].By
		}
		if !slices.ContainsFunc(e.Participants, func(p record.Part) bool { return p.Name == by }) {
			by = ""
		}
		n, _ := noun(e, by)
		return draft{words(reports(e), strings.TrimSuffix(n, ","), b.day(e)) + quoted(e), rests(e)}
	}
	v := c.past
	if ongoing {
		v = be(c.subject) + " " + c.progress
	}
	place := held(e)
	return draft{words(List(c.subject), v, place, b.day(e)) + according(e), rests(e)}
}

// reports says who tells of an event, as the beginning of a sentence.
func reports(e *record.Event) string {
	switch by := strings.TrimPrefix(according(e), ", according to "); {
	case by == "":
		return "several reports tell of"
	case strings.HasPrefix(by, "one report"):
		return by + " tells of"
	case len(e.Status.Rests) > 1:
		return by + " speak of"
	default:
		return by + " spoke of"
	}
}

// held is where an event is held; of a visit the noun and the verb tell it.
func held(e *record.Event) string {
	if e.Kind == "visit" {
		return ""
	}
	return where(e)
}

// come is an event that is still to come.
func (b *briefer) come(e *record.Event, value string) draft {
	c, ok := verb(e)
	place := held(e)
	if ok && (value == "planned" || value == "conditional") {
		s := words(List(c.subject), be(c.subject)+" to "+c.base, place, b.day(e))
		if value == "conditional" {
			s += ", on a condition"
		}
		return draft{s + according(e), rests(e)}
	}
	n, plural := noun(e, "")
	is, has := "is", "has"
	if plural {
		is, has = "are", "have"
	}
	s := words(n, place, b.day(e))
	switch value {
	case "planned":
		s = words(n, is+" planned", place, strings.Replace(b.day(e), "on ", "for ", 1))
	case "conditional":
		s = strings.TrimSuffix(words(n, is+" planned, on a condition,", place, strings.Replace(b.day(e), "on ", "for ", 1)), ",")
	case "proposed":
		s += " " + has + " been proposed"
	default:
		s += " " + has + " been spoken of as possible"
	}
	s += according(e)
	if !ok {
		s += quoted(e)
	}
	return draft{s, rests(e)}
}

// latest is what happened, and who says what of it.
func (b *briefer) latest(e *record.Event) []NotedSentence {
	return b.said(append([]draft{b.happened(e)}, b.lines(e)...)...)
}

// planned is what is to come, what it waits for, and who says what of it.
func (b *briefer) planned(e *record.Event) []NotedSentence {
	list := []draft{b.come(e, e.Status.Value)}
	seen := map[string]bool{}
	for i := range e.Conditions {
		c := &e.Conditions[i]
		if c.Witness.Words == "" || seen[c.Witness.Words] || len(seen) == 2 {
			continue
		}
		seen[c.Witness.Words] = true
		list = append(list, draft{"The condition, in the words of the article: " + inner(c.Witness.Words), []rest{{e.ID, &c.Witness, ""}}})
	}
	if e.Deadline != "" {
		day := e.Deadline[strings.IndexByte(e.Deadline, '/')+1:]
		list = append(list, draft{"It is due by " + longDate(day), told(e)})
	}
	list = append(list, b.moved(e)...)
	return b.said(append(list, b.lines(e)...)...)
}

// moved tells the other days that something to come was given.
func (b *briefer) moved(e *record.Event) []draft {
	var out []draft
	now := e.From + "/" + e.To
	for i := range e.Dates {
		d := &e.Dates[i]
		if d.From+"/"+d.To == now || d.From == e.From && d.To == "" || len(e.Dates) < 2 || d.To >= e.From && d.From <= e.To {
			continue
		}
		s := "another day, " + strings.TrimPrefix(when(d.From, d.To, ""), "on ") + ", was given for it"
		if d.Known != "" {
			s += " in a report of " + longDate(d.Known)
		}
		out = append(out, draft{s, []rest{{e.ID, &d.Witness, ""}}})
	}
	return out
}

// lines tells the line of each party that has one, besides whose word the
// status rests on.
func (b *briefer) lines(e *record.Event) []draft {
	var out []draft
	for i := range e.Lines {
		l := &e.Lines[i]
		if l.Witness == nil || l.Line == record.NotHeard || restsOn(e, l) {
			continue
		}
		out = append(out, draft{line(l), []rest{{e.ID, l.Witness, l.Credibility}}})
	}
	return out
}

// restsOn reports whether the status of an event is the word of the party.
func restsOn(e *record.Event, l *record.PartyLine) bool {
	return l.Line != "silent" && slices.ContainsFunc(e.Status.Rests, func(c record.Claim) bool {
		return c.By == l.By && c.Witness.Article == l.Witness.Article
	})
}

// line is what a party says of an event.
func line(l *record.PartyLine) string {
	s := the(l.Name)
	if l.By != "" && l.By != l.Name {
		switch name, is := described(l.By); {
		case is && name == "":
			s = "a source who is not named"
		case is: // nobody who speaks for the party
			s = name
		default:
			s = "for " + s + ", " + the(l.By)
		}
	}
	day := ""
	if l.Day != "" {
		day = " on " + longDate(l.Day)
	}
	switch l.Line {
	case "announced":
		return s + " announced it" + day
	case "confirmed":
		return s + " confirmed it" + day
	case "denied":
		return s + " denied it" + day
	case "silent":
		return s + " is reported" + day + " to have said nothing of it"
	}
	return s + " spoke of it" + day + " without being firm"
}

// open is what is disputed, put off, called off, denied or overdue.
func (b *briefer) open(e *record.Event) []NotedSentence {
	n, plural := noun(e, "")
	is, has, was := "is", "has", "was"
	if plural {
		is, has, was = "are", "have", "were"
	}
	place := held(e)
	var list []draft
	switch e.Status.Value {
	case record.StatusDisputed:
		list = append(list, b.disputed(e))
	case "denied":
		list = append(list, b.denied(e))
	case "postponed":
		s := words(n, place, has+" been put off") + according(e)
		list = append(list, draft{s, rests(e)})
		if day := at(e); day != "" {
			list = append(list, draft{"The last day given for it is " + strings.TrimPrefix(strings.TrimPrefix(day, "on "), "from "), told(e)})
		}
	case "cancelled":
		list = append(list, draft{words(n, place, b.day(e), has+" been called off") + according(e), rests(e)})
	case record.StatusLapsed:
		value, _, _ := strings.Cut(e.Status.Rule, ",")
		verb := map[string]string{"planned": was + " planned", "conditional": was + " planned, on a condition,", "proposed": was + " proposed"}[value]
		if verb == "" {
			verb = was + " spoken of as possible"
		}
		s := strings.TrimSuffix(words(n, verb, place, strings.Replace(at(e), "on ", "for ", 1)), ",") + according(e)
		list = append(list, draft{s, rests(e)}, draft{"No report was found of whether it took place", told(e)})
	default:
		list = append(list, draft{words(n, place, b.day(e), is, e.Status.Value) + according(e), rests(e)})
	}
	return b.said(append(list, b.lines(e)...)...)
}

// denied is an event that a party denies or will not have.
func (b *briefer) denied(e *record.Event) draft {
	by := ""
	if len(e.Status.Rests) > 0 {
		by = e.Status.Rests[0].By
	}
	if by == "" {
		n, plural := noun(e, "")
		is := "is"
		if plural {
			is = "are"
		}
		return draft{words(n, held(e), b.day(e), is+" denied") + according(e) + quoted(e), rests(e)}
	}
	n, _ := noun(e, by)
	name, is := described(by)
	switch {
	case is && name == "":
		name = "a source who is not named"
	case !is:
		name = the(by)
	}
	return draft{words(name, "denied or ruled out", n, held(e), b.day(e)) + quoted(e), rests(e)}
}

// disputed is an event that one says took place or will, and a party denies.
func (b *briefer) disputed(e *record.Event) draft {
	n, _ := noun(e, "")
	s := words("accounts differ on", n, held(e), b.day(e))
	if len(e.Status.Rests) < 2 {
		return draft{s, rests(e)}
	}
	denial, other := &e.Status.Rests[0], &e.Status.Rests[1]
	says := func(c *record.Claim) string {
		if c.By == "" {
			if c.Witness.Outlet == "" {
				return "one report"
			}
			return "one report (" + c.Witness.Outlet + ")"
		}
		if name, is := described(c.By); is && name != "" {
			return name
		} else if is {
			return "a source who is not named"
		}
		return the(c.By)
	}
	holds := "says that it took place"
	if other.Status == "planned" || other.Status == "conditional" {
		holds = "says that it is planned"
	} else if other.Status == "ongoing" {
		holds = "says that it is under way"
	}
	return draft{s + ": " + says(other) + " " + holds + ", " + says(denial) + " denies it", rests(e)}
}
