package join

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"readout/reading"
	"readout/registry"
)

// Saying is one statement as one article has it.
type Saying struct {
	ID         string       `json:"id"`
	Article    string       `json:"article"`
	By         *Actor       `json:"by,omitempty"` // nil: nobody is named ("reportedly")
	Standing   string       `json:"standing,omitempty"`
	Form       string       `json:"form"`
	Act        string       `json:"act,omitempty"`
	Cue        string       `json:"cue,omitempty"`
	Text       string       `json:"text"`
	Quotes     []string     `json:"quotes,omitempty"`
	To         []Actor      `json:"to,omitempty"`
	Via        []Actor      `json:"via,omitempty"`
	Channel    string       `json:"channel,omitempty"`
	Record     string       `json:"record,omitempty"`
	When       *When        `json:"when,omitempty"`
	Within     string       `json:"within,omitempty"` // the Saying that relays it
	About      []string     `json:"about,omitempty"`  // Mentions
	RespondsTo []string     `json:"responds_to,omitempty"`
	Topics     []string     `json:"topics,omitempty"`
	Negated    bool         `json:"negated,omitempty"`
	Span       reading.Span `json:"span"`
	Words      string       `json:"words"` // the sentences it stands in
	Published  int          `json:"published,omitempty"`
	Confidence float64      `json:"confidence,omitempty"`
	// Credibility is as of a Mention.
	Credibility string    `json:"credibility,omitempty"`
	Decided     []Decided `json:"decided,omitempty"` // by people, in the order they did

	ready *readySaying
}

// readySaying is what comparing works out of a statement.
type readySaying struct {
	words, stems []string
	quotes       [][]string // the words of each
}

// Ready works out once what every comparison asks for. The statement is not to be
// written after it.
func (s *Saying) Ready() {
	if s.ready == nil {
		s.ready = s.worked()
	}
}

func (s *Saying) worked() *readySaying {
	if s.ready != nil {
		return s.ready
	}
	r := &readySaying{words: words(s.Text), stems: stems(s.Text)}
	for _, q := range s.Quotes {
		r.quotes = append(r.quotes, words(q))
	}
	return r
}

// Day is when it was said, as far as is known: else the day of publication.
func (s *Saying) Day() int {
	if s.When.Dated() && (s.Published == 0 || s.When.From <= s.Published) {
		return s.When.From
	}
	return s.Published
}

func (b *builder) nameSayings() {
	seen := map[string]int{}
	for i := range b.r.Statements {
		s := &b.r.Statements[i]
		parts := []string{b.version, s.Form}
		for _, x := range s.Content {
			parts = append(parts, strconv.Itoa(x[0]), strconv.Itoa(x[1]))
		}
		for _, x := range []*reading.Span{s.Source.Span, cueSpan(s)} {
			if x != nil {
				parts = append(parts, strconv.Itoa(x[0]), strconv.Itoa(x[1]))
			}
		}
		id := ID("s", parts...)
		if n := seen[id]; n > 0 {
			id = ID("s", append(parts, "again", strconv.Itoa(n))...)
		}
		seen[id]++
		b.sayings[s.ID] = id
	}
}

func cueSpan(s *reading.Statement) *reading.Span {
	if s.Cue == nil {
		return nil
	}
	return &s.Cue.Span
}

func (b *builder) allSayings() []Saying {
	var out []Saying
	for i := range b.r.Statements {
		s := &b.r.Statements[i]
		v := Saying{
			ID: b.sayings[s.ID], Article: b.version, By: b.source(s), Standing: s.Source.Standing, Form: s.Form, Record: s.Record,
			When: when(s.Time), Within: b.sayings[s.Within], Topics: b.topics(s.Topics), Negated: s.Negated, Published: b.published, Confidence: s.Confidence,
			Span: statementSpan(s),
		}
		if s.Cue != nil {
			v.Act, v.Cue = s.Cue.Act, b.slice(s.Cue.Span)
		}
		if s.Channel != nil {
			v.Channel = s.Channel.Kind
		}
		for _, r := range s.To {
			if a, ok := b.actors[r.Actor]; ok {
				v.To = append(v.To, a)
			}
		}
		for _, r := range s.Via {
			if a, ok := b.actors[r.Actor]; ok {
				v.Via = append(v.Via, a)
			}
		}
		for _, e := range s.About {
			v.About = append(v.About, b.events[e])
		}
		for _, r := range s.RespondsTo {
			v.RespondsTo = append(v.RespondsTo, b.sayings[r])
		}
		var pieces []string
		for _, c := range s.Content {
			text := b.slice(c)
			pieces = append(pieces, text)
			if s.Form == "direct" && !strings.ContainsAny(text, "\"“”") {
				v.Quotes = append(v.Quotes, text)
			} else {
				v.Quotes = append(v.Quotes, quoted(text)...)
			}
		}
		v.Text = strings.Join(pieces, " … ")
		v.Words = b.sentence(v.Span)
		out = append(out, v)
	}
	return out
}

func statementSpan(s *reading.Statement) reading.Span {
	var out reading.Span
	add := func(x reading.Span) {
		if out == (reading.Span{}) {
			out = x
		}
		out[0], out[1] = min(out[0], x[0]), max(out[1], x[1])
	}
	for _, c := range s.Content {
		add(c)
	}
	for _, x := range []*reading.Span{s.Source.Span, cueSpan(s)} {
		if x != nil {
			add(*x)
		}
	}
	return out
}

// quoted are the stretches of text between quotation marks.
func quoted(text string) []string {
	var out []string
	var open rune
	begin := 0
	for i, r := range text {
		switch {
		case open == 0 && (r == '"' || r == '“'):
			open, begin = r, i+len(string(r))
		case open != 0 && (r == '"' || r == '”'):
			out = append(out, text[begin:i])
			open = 0
		}
	}
	if open != 0 { // the quotation goes on in the next paragraph
		out = append(out, text[begin:])
	}
	return out
}

// words are the folded words of a text.
func words(text string) []string {
	return strings.FieldsFunc(registry.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// light are words that say nothing of what a sentence is about.
var light = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`the of and to that is was for with his her their by at from has have had said will be been this which who not are
were it its an as he she they but or would after between in on a i we you our us my me do does did so if than then there these those them him can could
may might must shall should about into over out up down no any all also just very more most s t re ve ll d m what when where how`) {
		m[w] = true
	}
	return m
}()

// stems are the words that say what a text is about, cut to six letters: enough
// for "negotiate" and "negotiations" to be one.
func stems(text string) []string {
	var out []string
	for _, w := range words(text) {
		if light[w] {
			continue
		}
		if r := []rune(w); len(r) > 6 {
			w = string(r[:6])
		}
		out = append(out, w)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// likeness is the share of stems that two texts have in common (Jaccard), and
// their number.
func likeness(a, b []string) (float64, int) {
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			common++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if common == 0 {
		return 0, 0
	}
	return float64(common) / float64(len(a)+len(b)-common), common
}

// grams are the hashes of all runs of n words.
func grams(w []string, n int) []uint64 {
	if len(w) < n {
		return nil
	}
	out := make([]uint64, 0, len(w)-n+1)
	for i := 0; i+n <= len(w); i++ {
		h := fnv.New64a()
		for _, x := range w[i : i+n] {
			h.Write([]byte(x))
			h.Write([]byte{0})
		}
		out = append(out, mix(h.Sum64()))
	}
	return out
}

// mix spreads the bits of a hash (the finaliser of MurmurHash3), so that the
// smallest of a set are a fair sample.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
