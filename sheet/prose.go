package sheet

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"readout/record"
)

// English for events. A sentence of a briefing is made of an event's values and
// nothing else: who takes part, what kind it is, where and when, how real it is
// and who says so. What a value does not tell, no word of the sentence tells.
//
// Meetings, calls, talks and visits have verbs of their own ("met", "are to
// meet"). Of other kinds the record knows the kind and who takes part, not what
// was agreed or signed: they are nouns ("an agreement between …"), and the
// sentence quotes the words.

// longDate is a day in prose: "3 November 2022".
func longDate(s string) string {
	if len(s) >= 10 {
		if t, err := time.Parse(time.DateOnly, s[:10]); err == nil {
			return t.Format("2 January 2006")
		}
	}
	return s
}

// when is an event's time in prose, with its preposition; "" for none.
func when(from, to, granularity string) string {
	f, err1 := time.Parse(time.DateOnly, from)
	t, err2 := time.Parse(time.DateOnly, to)
	switch {
	case err1 != nil:
		return ""
	case granularity == "month" && (err2 != nil || f.Month() == t.Month() && f.Year() == t.Year()):
		return "in " + f.Format("January 2006")
	case granularity == "year" && (err2 != nil || f.Year() == t.Year()):
		return "in " + f.Format("2006")
	case err2 != nil || from == to:
		return "on " + f.Format("2 January 2006")
	}
	first := f.Format("2 January 2006")
	switch {
	case f.Year() != t.Year():
	case f.Month() != t.Month():
		first = f.Format("2 January")
	default:
		first = f.Format("2")
	}
	if granularity == "day" {
		return "from " + first + " to " + t.Format("2 January 2006")
	}
	return "between " + first + " and " + t.Format("2 January 2006")
}

func at(e *record.Event) string { return when(e.From, e.To, e.Granularity) }

// theWords end or stand in names that take an article.
var theWords = strings.Fields(`Nations States Kingdom Emirates Union Council Committee Commission Agency Fleet Ministry Department Bank Court
	League Organization Organisation Programme Fund Secretariat Kremlin Vatican Netherlands Philippines Directorate Assembly Parliament Senate
	Treasury Pentagon Group Mission Office Embassy Centre Center Army Forces Authority Government UN EU UK US AU`)

// the puts the article before the name of a country or body that takes one.
func the(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 || strings.EqualFold(words[0], "the") {
		return name
	}
	last := words[len(words)-1]
	if slices.Contains(theWords, last) || len(words) > 2 && slices.Contains(words, "of") && slices.Contains(theWords, words[slices.Index(words, "of")-min(1, slices.Index(words, "of"))]) {
		return "the " + name
	}
	return name
}

// article puts "a" or "an" before a description of one.
func article(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	lower := strings.ToLower(s)
	an := strings.ContainsRune("aeiou", unicode.ToLower(r))
	for _, yoo := range []string{"un ", "uk ", "u.", "us ", "uni", "eu ", "euro", "ukr", "one", "use"} {
		an = an && !strings.HasPrefix(lower, yoo)
	}
	if an {
		return "an " + s
	}
	return "a " + s
}

// described tells a description ("senior official") from a name: its last word
// is no name. Descriptions of nobody in particular are given back as "".
func described(name string) (string, bool) {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "", true
	}
	last := words[len(words)-1]
	if strings.ContainsFunc(last, unicode.IsUpper) || !strings.ContainsFunc(last, unicode.IsLower) { // "el-Sisi" is a name
		return "", false
	}
	first := strings.ToLower(words[0])
	switch first {
	case "a", "an", "the", "two", "three", "four", "five", "several", "some", "many":
		if slices.Contains(words, "them") {
			return "", true
		}
		return strings.ToLower(words[0]) + name[len(words[0]):], true
	case "one", "nobody", "somebody", "someone", "he", "she", "it", "they", "his", "her", "its", "their", "our", "my", "same", "other", "others", "who":
		return "", true
	}
	switch {
	case slices.Contains(bodies, last):
		return "the " + plainStart(name), true
	case strings.HasSuffix(last, "s") && !strings.HasSuffix(last, "ss"):
		return plainStart(name), true
	}
	return article(plainStart(name)), true
}

// bodies are what a country has one of.
var bodies = strings.Fields("ministry government presidency army military parliament cabinet leadership delegation embassy side team mission directorate")

// plainStart begins a description with a small letter, where its first word is
// not a name or an acronym.
func plainStart(s string) string {
	word, _, _ := strings.Cut(s, " ")
	switch word {
	case "Senior", "Foreign", "Defence", "Defense", "Former", "Top", "Government", "Western", "Local", "Regional", "Military", "Several", "Some", "Two", "Three":
		return strings.ToLower(word) + s[len(word):]
	}
	return s
}

// person is how somebody who takes part is named in a sentence; "" for one who
// is described so that the words tell nothing.
func person(p *record.Part) string {
	if d, is := described(p.Name); is && p.Key == "" {
		return d
	}
	if p.Kind == "person" {
		return p.Name
	}
	return the(p.Name)
}

// cast is who has which part in an event.
type cast struct {
	main                         []string // those that meet, speak, agree
	agents, objects              []string // where one side acts on the other
	mediators, hosts, organisers []string
	invited                      []string
	collective                   bool // one body whose members meet
}

// most is how many names a sentence takes.
const most = 6

// roles tells who has which part, somebody left out. Who one of many stories
// names is left to the event's own page.
func roles(e *record.Event, without string) cast {
	var c cast
	attested := 0
	for _, p := range e.Participants {
		if p.Origins > 1 && p.As != "host" && p.As != "mediator" {
			attested++
		}
	}
	named := slices.ContainsFunc(e.Participants, func(p record.Part) bool { return p.Key != "" })
	people := map[string]bool{} // sides that somebody with a name stands for
	for _, p := range e.Participants {
		if p.Kind == "person" && p.Key != "" && p.Side != "" && p.As != "absent" {
			people[p.Side] = true
		}
	}
	var one *record.Part
	for i := range e.Participants {
		p := &e.Participants[i]
		name := person(p)
		if name == "" || p.Name == without || p.Key == "" && named && p.Side == "" || p.Kind != "person" && people[p.Side] && p.Key != "" || attested >= 2 && p.Origins == 1 && e.Origins >= 4 {
			continue
		}
		list := &c.main
		switch p.As {
		case "absent":
			continue
		case "initiator":
			list = &c.agents
		case "target":
			list = &c.objects
		case "mediator":
			list = &c.mediators
		case "organiser", "drafter":
			list = &c.organisers
		case "invited":
			list = &c.invited
		case "host":
			if e.Kind == "visit" {
				list = &c.hosts
			}
		}
		if list == &c.main {
			one = p
		}
		if !slices.Contains(*list, name) {
			*list = append(*list, name)
		}
	}
	// An initiator without a target, or the other way round, is one of those who
	// take part.
	switch e.Kind {
	case "meeting", "negotiation", "exchange", "agreement", "signing", "ceasefire":
		c.main, c.agents, c.objects = slices.Concat(c.agents, c.main, c.objects), nil, nil
	case "call":
		if len(c.agents) == 0 || len(c.objects)+len(c.main) == 0 {
			c.main, c.agents, c.objects = slices.Concat(c.agents, c.main, c.objects), nil, nil
		} else {
			c.objects, c.main = append(c.objects, c.main...), nil
		}
	default:
		if len(c.agents) == 0 {
			c.agents, c.main = c.main, nil
		} else {
			c.objects, c.main = append(c.objects, c.main...), nil
		}
	}
	if len(c.main) == 0 && len(c.agents) == 0 && e.Kind != "mediation" {
		c.main, c.organisers = c.organisers, nil
	}
	c.collective = len(c.main) == 1 && one != nil && one.Kind == "organization" && slices.ContainsFunc([]string{"Council", "Committee", "Assembly", "Parliament", "Cabinet", "Group of"}, func(w string) bool { return strings.Contains(one.Name, w) })
	for _, list := range []*[]string{&c.main, &c.agents, &c.objects} {
		if len(*list) > most {
			*list = append((*list)[:most-1], "others")
		}
	}
	return c
}

// where is an event's place in prose; "" where the words name none.
func where(e *record.Event) string {
	place := e.Place
	if place == "" || e.Kind == "call" {
		return ""
	}
	for _, w := range strings.FieldsFunc(place, func(r rune) bool { return r == ' ' || r == ',' }) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && !slices.Contains([]string{"of", "the", "de", "da", "al", "la", "el"}, w) {
			return ""
		}
	}
	name, rest, more := strings.Cut(place, ", ")
	words := strings.Fields(name)
	if len(words) == 0 {
		return ""
	}
	switch last := words[len(words)-1]; last {
	case "Palace", "Hotel", "Airport", "House", "Embassy", "Centre", "Center", "Base", "Summit":
		return "at the " + strings.TrimPrefix(place, "the ")
	default:
		if more && rest == "United Arab Emirates" || more && rest == "United Kingdom" || more && rest == "United States" {
			return "in " + name + ", the " + rest
		}
		return "in " + the(place)
	}
}

// isPlural reports whether a subject takes "are".
func isPlural(names []string) bool {
	return len(names) > 1 || len(names) == 1 && strings.HasSuffix(names[0], "s") && strings.ToLower(names[0][:1]) == names[0][:1] && !strings.HasPrefix(names[0], "the ")
}

func be(names []string) string {
	if isPlural(names) {
		return "are"
	}
	return "is"
}

// clause is an event as subject and verb.
type clause struct {
	subject  []string
	past     string // "met", "held talks"
	base     string // "meet", "hold talks"
	progress string // "meeting", "holding talks"
}

// verb makes the clause of a kind that has a verb of its own; false for others,
// and where it is not told who takes part.
func verb(e *record.Event) (clause, bool) {
	c := roles(e, "")
	switch e.Kind {
	case "meeting":
		switch {
		case len(c.main) > 1 || c.collective:
			return clause{c.main, "met", "meet", "meeting"}, true
		case len(c.main) == 1:
			return clause{c.main, "took part in a meeting", "take part in a meeting", "taking part in a meeting"}, true
		}
	case "call":
		means := "by telephone"
		if e.Format == "video" {
			means = "by video link"
		}
		switch {
		case len(c.agents) > 0 && e.Format != "video":
			to := List(c.objects)
			return clause{c.agents, "telephoned " + to, "telephone " + to, "telephoning " + to}, true
		case len(c.agents) > 0:
			to := List(c.objects) + " " + means
			return clause{c.agents, "spoke to " + to, "speak to " + to, "speaking to " + to}, true
		case len(c.main) > 1:
			return clause{c.main, "spoke " + means, "speak " + means, "speaking " + means}, true
		case len(c.main) == 1:
			return clause{c.main, "spoke " + means + " with others", "speak " + means + " with others", "speaking " + means + " with others"}, true
		}
	case "negotiation":
		if len(c.main) > 0 {
			return clause{c.main, "held talks", "hold talks", "holding talks"}, true
		}
	case "visit":
		to := destination(e, c)
		switch {
		case len(c.agents) == 0:
		case to != "":
			return clause{c.agents, "visited " + to, "visit " + to, "visiting " + to}, true
		default:
			return clause{c.agents, "made a visit", "make a visit", "making a visit"}, true
		}
	}
	return clause{}, false
}

// destination is where a visitor goes: the place, else whom.
func destination(e *record.Event, c cast) string {
	if place := where(e); place != "" {
		place = strings.TrimPrefix(place, "in ")
		return strings.TrimPrefix(place, "at ")
	}
	return List(append(slices.Clone(c.hosts), c.objects...))
}

// noun is an event as a noun: "a meeting of A and B". Its verb is plural for
// some kinds.
func noun(e *record.Event, without string) (words string, plural bool) {
	c := roles(e, without)
	among := func(list []string, one string) string {
		switch {
		case len(list) == 0:
			return ""
		case without != "":
			return " with " + List(list)
		case len(list) == 1:
			return " " + one + " " + list[0]
		case len(list) == 2:
			return " between " + List(list)
		}
		return " among " + List(list)
	}
	by, on := "", ""
	if len(c.agents) > 0 {
		by = " by " + List(c.agents)
	}
	object := func(preposition string) {
		if len(c.objects) > 0 {
			on = " " + preposition + " " + List(c.objects)
		}
	}
	switch e.Kind {
	case "meeting":
		return "a meeting" + among(c.main, "with") + called(c), false
	case "call":
		what := "a telephone call"
		if e.Format == "video" {
			what = "a video call"
		}
		if len(c.agents) > 0 {
			if object("to"); without != "" {
				return what + on, false
			}
			return what + " from " + List(c.agents) + on, false
		}
		return what + among(c.main, "with"), false
	case "negotiation":
		return "talks" + among(c.main, "with") + called(c), true
	case "visit":
		if to := destination(e, c); to != "" {
			return "a visit" + by + " to " + to, false
		}
		return "a visit" + by, false
	case "mediation":
		object("between")
		if len(c.mediators) > 0 {
			by = " by " + List(c.mediators)
		}
		return "mediation" + by + on, false
	case "agreement", "exchange", "ceasefire":
		return article(e.Kind) + among(c.main, "involving") + brokered(c), false
	case "signing":
		if len(c.main) > 0 {
			return "a signing by " + List(c.main), false
		}
	case "attack":
		object("on")
		return "an attack" + by + on, false
	case "threat":
		object("against")
		return "a threat" + by + on, false
	case "sanction":
		object("on")
		return "sanctions" + by + on, true
	case "aid":
		object("to")
		return "aid" + by + on, false
	case "drafting":
		return "the drafting of a text" + by, false
	case "release", "deployment", "protest", "vote", "proposal", "statement":
		object("to")
		return article(e.Kind) + by + on, false
	}
	if all := slices.Concat(c.agents, c.objects, c.main); len(all) > 0 {
		return article(Noun(e)) + " involving " + List(all), false
	}
	return article(Noun(e)), false
}

func called(c cast) string {
	switch {
	case len(c.organisers) > 0:
		return ", called by " + List(c.organisers) + ","
	case len(c.mediators) > 0:
		return brokered(c)
	}
	return ""
}

func brokered(c cast) string {
	if len(c.mediators) > 0 {
		return ", mediated by " + List(c.mediators) + ","
	}
	return ""
}

// words joins the parts of a sentence that there are.
func words(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.ReplaceAll(strings.Join(out, " "), " ,", ",")
}

// inner is somebody's words in a sentence: in quotation marks, those within them
// single.
func inner(s string) string { return innerWords(Shorten(s, 300)) }

func innerWords(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = strings.NewReplacer("“", "‘", "”", "’").Replace(s)
	open := true
	var b strings.Builder
	for _, r := range s {
		if r == '"' {
			if r = '’'; open {
				r = '‘'
			}
			open = !open
		}
		b.WriteRune(r)
	}
	s = b.String()
	// A quotation within quotation marks of its own needs none twice, and a
	// sentence may begin or end within one.
	if strings.HasPrefix(s, "‘") && strings.HasSuffix(s, "’") && strings.Count(s, "‘") == 1 {
		s = strings.TrimSuffix(strings.TrimPrefix(s, "‘"), "’")
	}
	for _, p := range []string{".", "!", "?", ","} {
		if cut, ok := strings.CutSuffix(s, p+"’"); ok && !strings.Contains(cut, "‘") {
			s = cut + p
		}
	}
	if i := strings.LastIndex(s, "‘"); i >= 0 && !strings.Contains(s[i:], "’") {
		s += "’"
	}
	return "“" + s + "”"
}

func end(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), ",")
	s = Capital(s)
	for _, close := range []string{".", ".”", "?”", "!”", "…”"} {
		if strings.HasSuffix(s, close) {
			return s
		}
	}
	if strings.HasSuffix(s, ".’”") {
		return s
	}
	return s + "."
}

func number(n int, noun string) string {
	small := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n < len(small) {
		if n == 1 {
			return "one " + noun
		}
		return small[n] + " " + noun + "s"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
