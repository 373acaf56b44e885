package note

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"readout/doc"
)

// kinds are what an entry can be.
var kinds = []string{"event", "said", "stands", "waits", "tied"}

// Shapes are how an entry of each kind is typed, for help and messages.
var Shapes = map[string]string{
	"event":  `kind | who, who (host) | day | place | status | "words"`,
	"said":   `who | act | "words"`,
	"stands": `who | issue | stance | "words"`,
	"waits":  `if, once, unless, until or by | "words"`,
	"tied":   `number of the event | requires, follows, during … | number of the other | "words"`,
}

// spoken are words for a kind that are no value of the vocabulary.
var spoken = map[string]struct {
	kind   doc.EventKind
	format doc.Format
}{
	"talks": {doc.EventNegotiation, 0}, "phone call": {doc.EventCall, doc.FormatPhone}, "video call": {doc.EventCall, doc.FormatVideo},
	"trip": {doc.EventVisit, 0}, "summit": {doc.EventMeeting, doc.FormatInPerson}, "deal": {doc.EventAgreement, 0}, "letter": {doc.EventStatement, doc.FormatLetter},
}

// ParseEntry reads the fields of an entry of a kind: event, said, stands, waits
// or tied. They are parted by |, and the words stand last, in quotation marks. Its
// errors say what would be right.
func ParseEntry(kind, s string) (Entry, error) {
	if len(s) > maxLine {
		return Entry{}, fmt.Errorf("longer than %d bytes", maxLine)
	}
	if !slices.Contains(kinds, kind) {
		return Entry{}, fmt.Errorf("no entry is %q: %s", clip(kind), oneOf(kinds, kind))
	}
	fields, words, err := split(s)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{Words: words}
	switch kind {
	case "event":
		e.Event, err = parseEvent(fields)
	case "said":
		e.Said, err = parseSaid(fields)
	case "stands":
		e.Stands, err = parseStands(fields)
	case "waits":
		e.Waits, err = parseWaits(fields)
	case "tied":
		e.Tied, err = parseTied(fields)
	}
	if err != nil {
		return Entry{}, fmt.Errorf("%w\n  %s: %s", err, kind, Shapes[kind])
	}
	return e, nil
}

// split parts the fields of a line at |. The last in quotation marks is the
// words: between its marks all is taken as it stands, | and other marks too.
func split(s string) (fields []string, words string, err error) {
	rest := strings.TrimSpace(s)
	for rest != "" {
		if r, n := utf8.DecodeRuneInString(rest); r == '"' || r == '“' || r == '”' {
			if !strings.HasSuffix(rest, `"`) && !strings.HasSuffix(rest, "”") || len(rest) <= n {
				return nil, "", fmt.Errorf("the words %s have no quotation mark at their end; they stand last on the line", clip(rest))
			}
			_, m := utf8.DecodeLastRuneInString(rest)
			if words = strings.TrimSpace(rest[n : len(rest)-m]); words == "" {
				return nil, "", fmt.Errorf("there are no words between the quotation marks")
			}
			return fields, words, nil
		}
		field, after, _ := strings.Cut(rest, "|")
		fields = append(fields, strings.TrimSpace(field))
		rest = strings.TrimSpace(after)
	}
	return fields, "", nil
}

// at is the i-th field, "" where there is none; "-" is told to be none.
func at(fields []string, i int) (s string, none bool) {
	switch {
	case i < 0 || i >= len(fields):
		return "", false
	case fields[i] == "-":
		return "", true
	}
	return fields[i], false
}

func parseEvent(fields []string) (*Event, error) {
	if len(fields) > 5 {
		return nil, fmt.Errorf("%d fields before the words, and an event has five", len(fields))
	}
	e := &Event{}
	kind, _ := at(fields, 0)
	kind = strings.ToLower(kind)
	var ok bool
	if e.Kind, ok = doc.ParseEventKind(kind); !ok || kind == "" {
		w, known := spoken[kind]
		if !known {
			return nil, fmt.Errorf("no kind of event is %q: %s", kind, oneOf(names(doc.EventKinds()), kind))
		}
		e.Kind, e.Format = w.kind, w.format
	}
	who, none := at(fields, 1)
	e.none[0] = none
	for _, name := range listed(who) {
		w, err := parseWho(name)
		if err != nil {
			return nil, err
		}
		e.Who = append(e.Who, w)
	}
	e.When, e.none[1] = at(fields, 2)
	e.Place, e.none[2] = at(fields, 3)
	status, none := at(fields, 4)
	e.none[3] = none
	if status != "" {
		if e.Status, ok = doc.ParseStatus(strings.ToLower(status)); !ok {
			return nil, fmt.Errorf("no status is %q: %s", status, oneOf(names(doc.Statuses()), status))
		}
	}
	return e, nil
}

// listed are the names of a list, parted by commas or semicolons outside of
// brackets.
func listed(s string) []string {
	var out []string
	depth, begin := 0, 0
	for i := 0; i <= len(s); i++ {
		switch {
		case i == len(s), depth == 0 && (s[i] == ',' || s[i] == ';'):
			if name := strings.TrimSpace(s[begin:i]); name != "" {
				out = append(out, name)
			}
			begin = i + 1
		case s[i] == '(':
			depth++
		case s[i] == ')':
			depth = max(0, depth-1)
		}
	}
	return out
}

// parseWho reads a name with what stands in brackets behind it: a part in an
// event, a kind of actor, a country's code, "anonymous".
func parseWho(s string) (Who, error) {
	w := Who{Name: s}
	open := strings.LastIndexByte(s, '(')
	if open < 0 || !strings.HasSuffix(s, ")") {
		return w, nil
	}
	w.Name = strings.TrimSpace(s[:open])
	if w.Name == "" {
		return w, fmt.Errorf("nobody is named before %s", s[open:])
	}
	for _, note := range listed(s[open+1 : len(s)-1]) {
		low := strings.ToLower(note)
		if p, ok := doc.ParsePart(low); ok {
			w.As = p
		} else if k, ok := doc.ParseActorKind(low); ok {
			w.Kind = k
		} else if low == "anonymous" {
			w.Anonymous = true
		} else if len(note) == 3 && note == strings.ToUpper(note) {
			w.Country = note
		} else {
			return w, fmt.Errorf("%q behind %s is no part, kind or country: in brackets may stand %s; %s; anonymous; a country's code of three capitals",
				note, w.Name, choices(names(doc.Parts())), choices(names(doc.ActorKinds())))
		}
	}
	return w, nil
}

func parseSaid(fields []string) (*Said, error) {
	if len(fields) > 3 {
		return nil, fmt.Errorf("%d fields before the words, and a statement has two, or three with the number of the event it speaks of", len(fields))
	}
	who, _ := at(fields, 0)
	if who == "" {
		return nil, fmt.Errorf("nobody says it")
	}
	s := &Said{}
	var err error
	if s.By, err = parseWho(who); err != nil {
		return nil, err
	}
	act, _ := at(fields, 1)
	if act == "" {
		act = "say"
	}
	var ok bool
	if s.Act, ok = doc.ParseAct(strings.ToLower(act)); !ok {
		return nil, fmt.Errorf("no act is %q: %s", act, oneOf(names(doc.Acts()), act))
	}
	if n, _ := at(fields, 2); n != "" {
		s.About, err = number(n)
	}
	return s, err
}

func parseStands(fields []string) (*Stands, error) {
	if len(fields) > 3 {
		return nil, fmt.Errorf("%d fields before the words, and a position has three", len(fields))
	}
	who, _ := at(fields, 0)
	topic, _ := at(fields, 1)
	stance, _ := at(fields, 2)
	if who == "" || topic == "" {
		return nil, fmt.Errorf("a position needs who has it and the issue")
	}
	w, err := parseWho(who)
	if err != nil {
		return nil, err
	}
	v, ok := doc.ParseStance(strings.ToLower(stance))
	if !ok || stance == "" {
		return nil, fmt.Errorf("no stance is %q: %s", stance, oneOf(names(doc.Stances()), stance))
	}
	return &Stands{Who: w, Topic: topic, Stance: v}, nil
}

func parseWaits(fields []string) (*Waits, error) {
	w := &Waits{}
	if len(fields) > 2 {
		return nil, fmt.Errorf("%d fields before the words, and a condition has one, or two with the number of the event before it", len(fields))
	}
	as, _ := at(fields, len(fields)-1)
	if len(fields) == 2 {
		n, _ := at(fields, 0)
		var err error
		if w.Event, err = number(n); err != nil {
			return nil, err
		}
	}
	v, ok := doc.ParseConditionKind(strings.ToLower(as))
	if !ok || as == "" {
		return nil, fmt.Errorf("no condition begins with %q: %s", as, oneOf(names(doc.ConditionKinds()), as))
	}
	w.As = v
	return w, nil
}

func parseTied(fields []string) (*Tied, error) {
	if len(fields) != 3 {
		return nil, fmt.Errorf("%d fields before the words, and a tie has three", len(fields))
	}
	t := &Tied{}
	var err error
	if t.Event, err = number(fields[0]); err != nil {
		return nil, err
	}
	if t.To, err = number(fields[2]); err != nil {
		return nil, err
	}
	if t.Event == t.To {
		return nil, fmt.Errorf("an event is not tied to itself")
	}
	v, ok := doc.ParseLinkKind(strings.ToLower(fields[1]))
	if !ok || fields[1] == "" {
		return nil, fmt.Errorf("no tie is %q: %s", fields[1], oneOf(names(doc.LinkKinds()), fields[1]))
	}
	t.As = v
	return t, nil
}

// number reads the number of an event: "2", "event 2".
func number(s string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(strings.ToLower(s), "event")))
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%q is no number of an event: the first of the note is 1", s)
	}
	return n, nil
}

// names are the names of the values of a vocabulary.
func names[E fmt.Stringer](values []E) []string {
	var out []string
	for _, v := range values {
		out = append(out, v.String())
	}
	return out
}

func choices(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " or " + list[len(list)-1]
}

// oneOf says which of a list was meant where one is near, else names all.
func oneOf(list []string, typed string) string {
	best, least := "", 3
	for _, v := range list {
		if d := edits(strings.ToLower(typed), v); d < least && 2*d < len(v) {
			best, least = v, d
		}
	}
	if best != "" {
		return fmt.Sprintf("is %s meant?", best)
	}
	return "one of " + choices(list)
}

// edits is the number of letters to change, add or take away to make one word
// the other (Levenshtein).
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
