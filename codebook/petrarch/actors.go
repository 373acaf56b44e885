package petrarch

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The format of actors:
//
//	FREEDONIA_ [FRE]             a name, and the code that holds when no dated one does
//	+FREEDONIAN_                 another name of the one above
//	RUFUS_T._FIREFLY_            a name whose codes follow
//	+FIREFLY_
//		[FREGOV 19330101-391231]   from day to day, both included
//		[FREELI >19400101]         from a day on
//		[FREBUS <330101]           up to a day
//	THE_FREEDONIA_TIMES [---]    nobody, though it has the name of somebody in it
//
// Days are YYYYMMDD or YYMMDD, whose years up to 30 are of this century; a month
// or day of 00 is not known. Codes may stand on the line of the name, several in
// a row. The underscore at the end, which in TABARI told words from stems, is
// dropped: all names are whole words.

// role is a code and the days on which it holds, as YYYYMMDD; an end that is
// open is 0 or maxDay.
type role struct {
	code     string
	from, to int32
	dated    bool
}

const maxDay = 99991231

// Nobody is the code of what is no actor at all.
const Nobody = "---"

// ReadActors adds the actors of a file. The error is that of reading; ill-formed
// lines are in Loaded.Passed.
func (d *Dictionary) ReadActors(name string, r io.Reader) (Loaded, error) {
	f, err := open(name, r)
	if err != nil {
		return Loaded{Name: name}, err
	}
	a := actorReader{file: f, d: d}
	for {
		line, ok := f.next()
		if !ok {
			break
		}
		a.read(line)
	}
	a.flush()
	return f.Loaded, nil
}

// actorReader gathers the lines of one actor.
type actorReader struct {
	*file
	d     *Dictionary
	begin int // line of the actor's first name; 0 before any
	names [][]string
	roles []role
	bad   bool // a line of it was passed over, or its name
}

func (a *actorReader) read(line string) {
	text := strings.TrimSpace(line)
	switch {
	case text[0] == '[':
		if a.begin == 0 {
			a.pass("a code before any name; put the name above it")
			return
		}
		a.codes(text)
	case text[0] == '+':
		if a.begin == 0 {
			a.pass("a further name before any actor; drop the +")
			return
		}
		a.name(text[1:])
	default:
		a.flush()
		a.begin = a.line
		a.name(text)
	}
}

// name reads a name and the codes behind it.
func (a *actorReader) name(text string) {
	phrase, codes := text, ""
	if i := strings.IndexByte(text, '['); i >= 0 {
		phrase, codes = text[:i], text[i:]
	}
	switch p := pieces(phrase); {
	case strings.Contains(phrase, "+"):
		a.pass("a + within a name; put the second name on a line of its own")
		a.bad = true
	case strings.Contains(phrase, "]"):
		a.pass("a ] without a [; write the code as [CODE]")
		a.bad = true
	case len(p) == 0:
		a.pass("no name; write one, its words joined by _")
		a.bad = true
	case len(p) > maxPieces:
		a.pass("a name of %d words; %d are the most", len(p), maxPieces)
		a.bad = true
	default:
		a.names = append(a.names, p)
	}
	if codes != "" {
		a.codes(codes)
	}
}

// codes reads "[CODE] [CODE 19900101-19951231]"; if one of them is ill-formed
// the line is named, and the others hold.
func (a *actorReader) codes(text string) {
	for text != "" {
		end := strings.IndexByte(text, ']')
		if text[0] != '[' || end < 0 {
			if text[0] == '[' {
				a.pass("a [ without a ]; write the code as [CODE]")
			} else {
				a.pass("words behind the code; begin a comment with #")
			}
			a.bad = true
			return
		}
		r, err := parseRole(text[1:end])
		if err != nil {
			a.pass("%v", err)
			a.bad = true
		} else {
			a.roles = append(a.roles, r)
		}
		text = strings.TrimLeft(text[end+1:], " \t,")
	}
}

// flush enters the actor that has been gathered.
func (a *actorReader) flush() {
	switch {
	case a.begin == 0:
	case len(a.roles) == 0 && !a.bad:
		a.passAt(a.begin, "no code; write [CODE] behind the name or below it, or + before it if it is one more name of the actor above")
	case len(a.roles) > 0 && len(a.names) > 0:
		id := int32(len(a.d.roles))
		a.d.roles = append(a.d.roles, append([]role(nil), a.roles...))
		for _, n := range a.names {
			a.d.actors.add(n, id)
		}
		a.Entries++
		a.Phrases += len(a.names)
	}
	a.begin, a.names, a.roles, a.bad = 0, a.names[:0], a.roles[:0], false
}

// parseRole reads what stands between brackets.
func parseRole(s string) (role, error) {
	f := strings.Fields(s)
	if len(f) == 0 {
		return role{}, fmt.Errorf("an empty code; write [CODE]")
	}
	r := role{code: strings.ToUpper(f[0]), to: maxDay}
	if r.code != Nobody && strings.Trim(r.code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" || len(r.code) < 3 {
		return role{}, fmt.Errorf("code %q; three capitals or more are wanted, or --- for nobody", f[0])
	}
	days := strings.Join(f[1:], "")
	if days == "" {
		return r, nil
	}
	r.dated = true
	var err error
	switch {
	case days[0] == '<':
		r.to, err = parseDay(days[1:], true)
	case days[0] == '>':
		r.from, err = parseDay(days[1:], false)
	default:
		from, to, ok := strings.Cut(days, "-")
		if !ok {
			return role{}, fmt.Errorf("dates %q; write <DAY, >DAY or DAY-DAY", days)
		}
		if r.from, err = parseDay(from, false); err == nil {
			r.to, err = parseDay(to, true)
		}
	}
	if err != nil {
		return role{}, err
	}
	if r.to < r.from {
		return role{}, fmt.Errorf("dates %q end before they begin; turn them round", days)
	}
	return r, nil
}

// parseDay reads YYYYMMDD or YYMMDD as a number; a part that is not known is the
// last it may be where last is set, else the first.
func parseDay(s string, last bool) (int32, error) {
	if len(s) != 6 && len(s) != 8 || strings.Trim(s, "0123456789") != "" {
		return 0, fmt.Errorf("day %q; write YYYYMMDD or YYMMDD", s)
	}
	n := int32(0)
	for _, c := range s {
		n = 10*n + c - '0'
	}
	if len(s) == 6 {
		if n/10000 <= 30 {
			n += 20000000
		} else {
			n += 19000000
		}
	}
	y, m, d := n/10000, n/100%100, n%100
	if m > 12 || d > 31 {
		return 0, fmt.Errorf("there is no day %s; write YYYYMMDD or YYMMDD", s)
	}
	if m > 0 && d > 0 && time.Date(int(y), time.Month(m), int(d), 0, 0, 0, 0, time.UTC).Day() != int(d) {
		return 0, fmt.Errorf("there is no day %s; write YYYYMMDD or YYMMDD", s)
	}
	switch {
	case last && m == 0:
		n += 1231 - d
	case last && d == 0:
		n += 31 // later than any of the month's, which is all that is asked
	}
	return n, nil
}

// Actor gives the code of the longest name that begins with word i of n, and how
// many words it takes; 0 when there is none, or none of its codes holds at the
// date. The code may be Nobody. A dated code comes before one without dates, of
// several that hold the one for the shortest time. Where the date is not known,
// the code without dates holds, else the one that began last.
//
// A name stands in the text with a capital or a digit: "Us" is the country's
// acronym, "us" is not.
func (d *Dictionary) Actor(words func(int) string, n, i int, at time.Time) (code string, length int) {
	if c, _ := utf8.DecodeRuneInString(words(i)); !unicode.IsUpper(c) && !unicode.IsDigit(c) {
		return "", 0
	}
	ids, length := d.actors.walk(words, n, i)
	if length == 0 {
		return "", 0
	}
	var best *role
	day := int32(0)
	if !at.IsZero() {
		at = at.UTC()
		day = int32(at.Year()*10000 + int(at.Month())*100 + at.Day())
	}
	for _, id := range ids {
		for k := range d.roles[id] {
			if r := &d.roles[id][k]; r.before(best, day) {
				best = r
			}
		}
	}
	if best == nil {
		return "", 0
	}
	return best.code, length
}

// before reports whether r holds on a day (0: not known) and does so better than b.
func (r *role) before(b *role, day int32) bool {
	switch {
	case day == 0 && b == nil:
		return true
	case day == 0:
		return b.dated && (!r.dated || r.from > b.from)
	case r.dated && (day < r.from || day > r.to):
		return false
	case b == nil:
		return true
	case r.dated != b.dated:
		return r.dated
	}
	return r.dated && r.to-r.from < b.to-b.from
}
