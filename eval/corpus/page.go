package corpus

import (
	"math/rand/v2"
	"strings"
	"time"
	"unicode"

	"readout/reading"
)

// page is an article at work: its paragraphs, and what their words stand for.
type page struct {
	rng       *rand.Rand
	outlet    outlet
	published time.Time
	head      string // "VIENNA, 4 May (Northern Wire) - "
	paras     []para
	named     map[*person]bool
}

// para is a paragraph. Spans are of its own code points.
type para struct {
	text  []rune
	marks []mark
}

type mark struct {
	kind byte
	span reading.Span
	who  *person  // of a name
	of   *party   // of a country's name
	told *account // of an event's words
	said *saying  // of a quotation
	by   *person
	cue  string
	text string
}

// Kinds of marks.
const (
	markName     = 'n'
	markEvent    = 'e'
	markSaying   = 'q' // word for word
	markToldOf   = 't' // in other words
	markCue      = 'c'
	markSentence = 's'
	markStance   = 'p'
	markPlace    = 'l'
	markDay      = 'd'
)

// account is what a sentence tells of an event.
type account struct {
	ev     *event
	moment string
	day    time.Time // zero: it does not tell
	place  string
}

// fill is what the slots of a phrase are filled with.
type fill struct {
	a, b  *person
	acc   *account
	topic string
	said  *saying
	was   time.Time
}

// sentence adds a sentence to a paragraph. The phrase has slots in braces and
// the words of its event in angle brackets.
func (p *page) sentence(q *para, phrase string, f fill) {
	if len(q.text) > 0 {
		q.text = append(q.text, ' ')
	}
	begin := len(q.text)
	open := 0
	for i := 0; i < len(phrase); {
		switch phrase[i] {
		case '<':
			open = len(q.text)
		case '>':
			q.marks = append(q.marks, mark{kind: markEvent, span: reading.Span{open, len(q.text)}, told: f.acc})
		case '{':
			n := strings.IndexByte(phrase[i:], '}')
			p.slot(q, phrase[i+1:i+n], f)
			i += n
		default:
			n := strings.IndexAny(phrase[i:], "<>{")
			if n < 0 {
				n = len(phrase) - i
			}
			p.cues(q, phrase[i:i+n], f)
			i += n - 1
		}
		i++
	}
	q.marks = append(q.marks, mark{kind: markSentence, span: reading.Span{begin, len(q.text)}})
}

// cues adds plain words; the first verb of saying of a statement is its cue.
func (p *page) cues(q *para, words string, f fill) {
	begin := len(q.text)
	q.text = append(q.text, []rune(words)...)
	if f.said == nil {
		return
	}
	for _, w := range strings.Fields(words) {
		w = strings.Trim(w, ",.:\"")
		switch w {
		case "said", "told", "promised", "pledged", "stressed":
			at := begin + len([]rune(words[:strings.Index(words, w)]))
			q.marks = append(q.marks, mark{kind: markCue, span: reading.Span{at, at + len(w)}, cue: w})
			return
		}
	}
}

func (p *page) slot(q *para, name string, f fill) {
	put := func(s string) reading.Span {
		begin := len(q.text)
		q.text = append(q.text, []rune(s)...)
		return reading.Span{begin, len(q.text)}
	}
	country := func(x *party, capital bool) {
		s := x.name
		if capital {
			s = upper(s)
		}
		q.marks = append(q.marks, mark{kind: markName, span: put(s), of: x})
	}
	switch name {
	case "a", "A":
		p.name(q, f.a, name == "A")
	case "b", "B":
		p.name(q, f.b, name == "B")
	case "ca", "CA":
		country(f.a.party, name == "CA")
	case "cb", "CB":
		country(f.b.party, name == "CB")
	case "capb":
		put(f.b.party.capital)
	case "adjb":
		put(f.b.party.adjective)
	case "topic":
		put(f.topic)
	case "in":
		if f.acc != nil && f.acc.place != "" {
			put(" in ")
			q.marks = append(q.marks, mark{kind: markPlace, span: put(f.acc.place)})
		}
	case "on":
		if f.acc != nil && !f.acc.day.IsZero() {
			put(" on ")
			q.marks = append(q.marks, mark{kind: markDay, span: put(p.day(f.acc.day))})
		}
	case "new":
		q.marks = append(q.marks, mark{kind: markDay, span: put(p.day(f.acc.day))})
	case "was":
		put(p.day(f.was))
	case "q":
		q.marks = append(q.marks, mark{kind: markSaying, span: put(f.said.quote), said: f.said, by: f.said.by})
	case "t":
		q.marks = append(q.marks, mark{kind: markToldOf, span: put(f.said.told), said: f.said, by: f.said.by})
	default:
		panic("corpus: no slot {" + name + "}")
	}
}

func upper(s string) string {
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// name names a person: in full at first, and by surname or office after that.
func (p *page) name(q *para, x *person, capital bool) {
	var before, name, after string
	switch {
	case !p.named[x]:
		p.named[x] = true
		name = x.entry.Name
		switch p.rng.IntN(5) {
		case 0, 1:
			before = x.party.adjective + " " + x.title + " "
		case 2:
			before, after = x.title+" ", " of "+x.party.name
		case 3:
			before = "the " + x.party.adjective + " " + strings.ToLower(x.title) + ", "
			after = ","
		default:
			before = x.party.adjective + " " + strings.ToLower(x.title) + " "
		}
	case p.rng.IntN(10) < 6:
		name = x.surname
	case x.leads && p.rng.IntN(2) == 0:
		name = "the " + x.party.adjective + " leader"
	default:
		name = "the " + x.party.adjective + " " + strings.ToLower(x.title)
	}
	if capital {
		if before != "" {
			before = upper(before)
		} else {
			name = upper(name)
		}
	}
	q.text = append(q.text, []rune(before)...)
	begin := len(q.text)
	q.text = append(q.text, []rune(name)...)
	q.marks = append(q.marks, mark{kind: markName, span: reading.Span{begin, len(q.text)}, who: x})
	q.text = append(q.text, []rune(after)...)
}

// day tells a day as the outlet does: by the name of a day nearby.
func (p *page) day(t time.Time) string {
	days := int(t.Sub(p.published.Truncate(24*time.Hour)).Hours()) / 24
	if days >= -5 && days <= 6 && p.rng.IntN(5) > 0 {
		return t.Weekday().String()
	}
	if p.outlet.american {
		return t.Format("January 2")
	}
	return t.Format("2 January")
}

// finish puts the paragraphs together.
func (p *page) finish(a *Article) {
	var text []rune
	a.Sentences, a.Mentions, a.Sayings = nil, nil, nil
	for i := range p.paras {
		q := &p.paras[i]
		if i > 0 {
			text = append(text, '\n', '\n')
		} else {
			text = append(text, []rune(p.head)...)
		}
		at := len(text)
		text = append(text, q.text...)
		for _, m := range q.marks {
			s := reading.Span{m.span[0] + at, m.span[1] + at}
			switch m.kind {
			case markSentence:
				if i == 0 && len(a.Sentences) == 0 {
					s[0] = 0
				}
				a.Sentences = append(a.Sentences, s)
			case markEvent:
				a.Mentions = append(a.Mentions, Mention{m.told.ev.key, m.told.ev.kind, s})
			case markSaying, markToldOf:
				a.Sayings = append(a.Sayings, Saying{m.said.key, m.kind == markSaying, s})
			}
		}
	}
	a.Text = string(text)
	a.page = p
}
