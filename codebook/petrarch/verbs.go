package petrarch

import (
	"fmt"
	"io"
	"strings"
)

// The format of verbs:
//
//	&TREATY                            a set of synonyms; regular plurals count too
//	+TREATY
//	+WRITTEN_AGREEMENT
//	+HOSTILITIES_                      as it is, without a plural
//	&AUX_                              a set whose words are all as they are; the _ is no part of its name
//	+WILL
//
//	--- AGREE [050] ---                a block of verbs, with the code of those that have none
//	AGREE
//	SIGN [057]
//	GIVE {GAVE GIVEN GIVES GIVING}     forms that are not regular
//	+SET_UP {+SETS_UP +SETTING_UP}     a verb of several words; the + stands before the verb itself
//	- * &TREATY (WITH +) [057:057]     a pattern (pattern.go)
//	- * ILL [---]                      a pattern that is no event
//
//	~ a (a b ATTACK) SAY = a b 015     a transformation; counted, not used
//
// A verb that comes after patterns, or before any block, begins a block of its
// own. A set may be defined below its use.

// Code is what a verb or pattern is in CAMEO. Active is said of what the source
// does to the target, Reverse of what is done to the source; either may be "".
// The code --- is Nothing.
type Code struct{ Active, Reverse string }

// Nothing is the code of what is no event.
const Nothing = "---"

// Verb is a verb of the dictionary.
type Verb struct {
	more   []string // its words after the first
	code   Code
	blocks []*block
}

// block is the patterns that verbs share.
type block struct {
	code     Code
	patterns []pattern
	byWord   map[string][]int32 // patterns by their rarest word
	open     []int32            // patterns without words
}

// set is a set of synonyms.
type set struct {
	words []string // as in the file
	exact bool
}

// ReadVerbs adds the verbs of a file. The error is that of reading; ill-formed
// lines are in Loaded.Passed. Sets of files read before may be used.
func (d *Dictionary) ReadVerbs(name string, r io.Reader) (Loaded, error) {
	f, err := open(name, r)
	if err != nil {
		return Loaded{Name: name}, err
	}
	if d.verbs == nil {
		d.verbs, d.sets = map[string][]*Verb{}, map[string]set{}
	}
	v := verbReader{file: f, d: d}
	for {
		line, ok := f.next()
		if !ok {
			break
		}
		v.read(strings.TrimSpace(line))
	}
	v.compile()
	return f.Loaded, nil
}

type verbReader struct {
	*file
	d        *Dictionary
	set      string // the set that is being defined
	block    *block
	full     bool // the block has patterns: a verb begins another
	patterns []patternLine
}

// patternLine waits until all sets are known.
type patternLine struct {
	line  int
	text  string
	code  Code
	block *block
}

func (v *verbReader) read(line string) {
	if v.set != "" && line[0] == '+' {
		v.synonym(line[1:])
		return
	}
	v.set = ""
	switch {
	case line[0] == '&':
		v.beginSet(line)
	case strings.HasPrefix(line, "---"):
		v.beginBlock(line)
	case line[0] == '-':
		v.pattern(line[1:])
	case line[0] == '~':
		v.NotUsed++
	case line[0] == '*':
		v.pass("a pattern without the - before it; put it there")
	default:
		v.verb(line)
	}
}

func (v *verbReader) beginSet(line string) {
	f := strings.Fields(line)
	if len(f) != 1 || setName(line) == "&" {
		v.pass("set %q; write &NAME, and below it its words, each with a + before it", line)
		return
	}
	v.set = setName(strings.ToUpper(line))
	s := v.d.sets[v.set]
	s.exact = strings.HasSuffix(line, "_")
	v.d.sets[v.set] = s
}

// setName is a set's name without the underscore that says how its words are.
func setName(s string) string { return strings.TrimRight(s, "_") }

func (v *verbReader) synonym(text string) {
	text = strings.ToUpper(strings.Trim(strings.TrimSpace(text), "()"))
	if text == "" || strings.ContainsAny(text, "*$%^+{}[]") {
		v.pass("a synonym may hold words only; drop what is none")
		return
	}
	s := v.d.sets[v.set]
	s.words = append(s.words, text)
	v.d.sets[v.set] = s
}

func (v *verbReader) beginBlock(line string) {
	code := Code{Active: Nothing}
	inner := strings.TrimSpace(strings.Trim(line, "- \t"))
	if i := strings.IndexByte(line, '['); i >= 0 {
		var err error
		if code, _, err = cutCode(line[i:]); err != nil {
			v.pass("%v", err)
			v.block = nil // its verbs begin a block of their own, without a code
			return
		}
	} else if inner == "" {
		v.pass("a block without a name; write --- NAME [CODE] ---")
	}
	v.block, v.full = &block{code: code}, false
}

func (v *verbReader) pattern(text string) {
	if v.block == nil {
		v.pass("a pattern before any verb; put it below the verbs it is of")
		return
	}
	i := strings.LastIndexByte(text, '[')
	if i < 0 {
		v.pass("a pattern without a code; write [CODE] behind it")
		return
	}
	code, rest, err := cutCode(text[i:])
	switch {
	case err != nil:
		v.pass("%v", err)
		return
	case rest != "":
		v.pass("words behind the code; begin a comment with #")
		return
	}
	v.full = true
	v.patterns = append(v.patterns, patternLine{v.line, text[:i], code, v.block})
}

// verb reads "WORD {FORM FORM} [CODE]".
func (v *verbReader) verb(line string) {
	word, rest := line, ""
	if i := strings.IndexAny(line, "{[ \t"); i >= 0 {
		word, rest = line[:i], strings.TrimSpace(line[i:])
	}
	forms := []string{word}
	if strings.HasPrefix(rest, "{") {
		list, after, ok := strings.Cut(rest[1:], "}")
		if !ok {
			v.pass("a { without a }; write the forms as {FORM FORM}")
			return
		}
		forms = append(forms, strings.Fields(strings.ReplaceAll(list, ",", " "))...)
		rest = strings.TrimSpace(after)
	}
	own := Code{}
	if rest != "" {
		var err error
		if rest[0] != '[' {
			v.pass("%q behind the verb; join its words by _, put forms in {} and a code in []", rest)
			return
		}
		if own, rest, err = cutCode(rest); err == nil && rest != "" {
			err = fmt.Errorf("words behind the code; begin a comment with #")
		}
		if err != nil {
			v.pass("%v", err)
			return
		}
	}
	if v.block == nil || v.full {
		code := own
		if code == (Code{}) {
			code = Code{Active: Nothing}
		}
		v.block, v.full = &block{code: code}, false
	}
	if own == (Code{}) {
		own = v.block.code
	}
	added := false
	for _, form := range forms {
		switch w := words(strings.TrimPrefix(form, "+")); {
		case len(w) == 0 || strings.ContainsAny(form, "*$%^&()[]"):
			v.pass("verb %q; letters are wanted, words joined by _", form)
			return
		case strings.LastIndexByte(form, '+') > 0:
			if !added {
				v.pass("verb %q does not begin with the verb itself; write it as a pattern of that verb", form)
				return
			}
		default:
			added = true
			v.d.addVerb(w, own, v.block)
		}
	}
	v.Entries++
}

// addVerb enters a form. One that is there keeps its code and gets the block's
// patterns too.
func (d *Dictionary) addVerb(w []string, code Code, b *block) {
	for _, old := range d.verbs[w[0]] {
		if strings.Join(old.more, " ") == strings.Join(w[1:], " ") {
			if old.blocks[len(old.blocks)-1] != b {
				old.blocks = append(old.blocks, b)
			}
			return
		}
	}
	d.verbs[w[0]] = append(d.verbs[w[0]], &Verb{w[1:], code, []*block{b}})
}

// words cuts a phrase of verbs and patterns at its underscores, blanks and
// hyphens, lower case.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return c == '_' || c == '-' || c == ' ' || c == '\t' })
}

// cutCode reads "[040:043] rest".
func cutCode(s string) (c Code, rest string, err error) {
	inner, rest, ok := strings.Cut(s[1:], "]")
	if !ok {
		return Code{}, "", fmt.Errorf("a [ without a ]; write the code as [CODE]")
	}
	var paired bool
	c.Active, c.Reverse, paired = strings.Cut(strings.TrimSpace(inner), ":")
	for _, s := range [...]string{c.Active, c.Reverse} {
		if s != "" && s != Nothing && (len(s) < 2 || len(s) > 4 || strings.Trim(s, "0123456789") != "") {
			return Code{}, "", fmt.Errorf("code %q; two to four digits of CAMEO are wanted, or --- for no event", s)
		}
	}
	if c == (Code{}) || paired && c.Active == Nothing {
		return Code{}, "", fmt.Errorf("code %q; write [CODE], [CODE:CODE] or [:CODE]", inner)
	}
	return c, strings.TrimSpace(strings.Trim(strings.TrimSpace(rest), "-")), nil
}

// compile makes the patterns, now that all sets are known.
func (v *verbReader) compile() {
	for _, l := range v.patterns {
		p, err := v.d.parsePattern(l.text)
		if err != nil {
			v.passAt(l.line, "%v", err)
			continue
		}
		p.code = l.code
		l.block.add(p)
		v.Phrases++
	}
	v.sortPassed()
}

// sortPassed puts the patterns' errors among those that were found before.
func (v *verbReader) sortPassed() {
	p := v.Passed
	for i := 1; i < len(p); i++ {
		for k := i; k > 0 && p[k].Line < p[k-1].Line; k-- {
			p[k], p[k-1] = p[k-1], p[k]
		}
	}
}

// Verb gives the verb that a word of the text is, by its form, else its lemma,
// both in lower case: the one of most words, of which has reports those that
// stand with it. It is nil when the dictionary has none.
func (d *Dictionary) Verb(form, lemma string, has func(word string) bool) *Verb {
	var best *Verb
	for _, w := range [...]string{form, lemma} {
	next:
		for _, v := range d.verbs[w] {
			if best != nil && len(v.more) <= len(best.more) {
				continue
			}
			for _, m := range v.more {
				if !has(m) {
					continue next
				}
			}
			best = v
		}
	}
	return best
}
