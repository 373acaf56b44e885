package petrarch

import (
	"slices"
	"strings"
	"testing"
)

const verbs = `&PACT
+PACT
+TRUCE_DEAL
+HOSTILITIES_
&SOON_
+WILL
+IS_TO
&BOTH
+&PACT
+SONG

--- AGREE [050] ---
AGREE
+COME_ROUND {+CAME_ROUND +COMING_ROUND}
SIGN [057]
HOLD {HELD HOLDING}
- * &PACT (WITH +) [057:057]   # longer than the next
- * &PACT [058]
- * HOSTILITIES [190]
- * {BROKEN PACT} [125]
- * (ON/UPON TRADE) [0311]
- * ILL [---]
- &SOON * [030]
- RELUCTANT * [012]
- $ * ^ (OF +) [111]
- * SONG_ [017]
- + BOUND * (BY $) [075]

--- SUFFER [:180] ---
SUFFER

COMPOSE [017]
- ** SONG [018]
SING
~ a (a b SING) SAY = a b 015
`

// clause makes a clause of words: "troops | on the border": phrases are parted
// by |, one with a preposition begins with / before it, one that names somebody
// with @, and a word may have its lemma behind =.
func clause(upper, lower string) *Clause {
	side := func(s string) []Phrase {
		var out []Phrase
		for _, p := range strings.Split(s, "|") {
			p = strings.TrimSpace(p)
			if p == "" {
				continue
			}
			ph := Phrase{Actor: strings.Contains(p, "@"), Prep: p[0] == '/'}
			for _, w := range strings.Fields(strings.NewReplacer("@", "", "/", "").Replace(p)) {
				form, lemma, ok := strings.Cut(w, "=")
				if !ok {
					lemma = form
				}
				ph.Words = append(ph.Words, Word{form, lemma})
			}
			out = append(out, ph)
		}
		return out
	}
	c := &Clause{side(upper), side(lower)}
	id := int32(0)
	for _, s := range [][]Phrase{c.Upper, c.Lower} {
		for i := range s {
			s[i].ID, id = id, id+1
		}
	}
	return c
}

func TestVerb(t *testing.T) {
	d, passed := readAll(t, "", "", verbs)
	if len(passed) > 0 {
		t.Errorf("passed over: %q", passed)
	}
	for _, c := range []struct {
		form, lemma, with string
		code              Code
	}{
		{"agrees", "agree", "", Code{"050", ""}},
		{"signed", "sign", "", Code{"057", ""}},
		{"held", "held", "", Code{"050", ""}}, // by its form
		{"came", "come", "round", Code{"050", ""}},
		{"comes", "come", "round", Code{"050", ""}},
		{"suffered", "suffer", "", Code{"", "180"}},
		{"composed", "compose", "", Code{"017", ""}}, // a block of its own
		{"sings", "sing", "", Code{Nothing, ""}},
	} {
		v := d.Verb(c.form, c.lemma, func(w string) bool { return w == c.with })
		if v == nil {
			t.Errorf("%s: no verb", c.form)
		} else if m := v.Match(&Clause{}); m.Code != c.code || m.Pattern {
			t.Errorf("%s: %+v, want %v", c.form, m, c.code)
		}
	}
	if v := d.Verb("came", "come", func(string) bool { return false }); v != nil {
		t.Errorf("came, without round: %v", v)
	}
}

func TestMatch(t *testing.T) {
	d, _ := readAll(t, "", "", verbs)
	for _, c := range []struct {
		upper, lower   string
		code           string
		pattern        bool
		source, target int32
	}{
		{"@france", "nothing", "050", false, -1, -1},
		{"@france", "a new pact", "058", true, -1, -1},
		{"@france", "two pacts=pact", "058", true, -1, -1},
		{"@france", "a truce deals=deal", "058", true, -1, -1},
		{"@france", "a truce in deals=deal", "050", false, -1, -1}, // its words follow one another
		{"@france", "a pact | /with @spain", "057", true, -1, 2},
		{"@france", "/with @spain | a pact", "057", true, -1, 1}, // phrases stand anywhere
		{"@france", "a pact | /with effect", "058", true, -1, -1},
		{"@france", "hostilities=hostility", "058", true, -1, -1}, // by the set, which comes first
		{"@france", "hostility=hostility", "050", false, -1, -1},  // an exact word is no lemma
		{"@france", "broken pact", "125", true, -1, -1},
		{"@france", "broken glass | pact", "058", true, -1, -1}, // { } is one phrase
		{"@france", "/on free trade", "0311", true, -1, -1},
		{"@france", "/upon trade", "0311", true, -1, -1},
		{"@france", "/over trade", "050", false, -1, -1},
		{"@france", "it | ill", Nothing, true, -1, -1},
		{"@france | will", "it", "030", true, -1, -1},
		{"@france | is | to", "it", "050", false, -1, -1},
		{"a reluctant @france", "it", "012", true, -1, -1},
		{"@france", "reluctant", "050", false, -1, -1}, // on its side of the verb
		{"@france", "the conduct | /of @spain", "111", true, 0, 2},
		{"@france | bound", "/by @spain", "075", true, 2, 0},
		{"@france", "a songs=song", "050", false, -1, -1},
		{"@france", "a song", "017", true, -1, -1},
	} {
		m := d.Verb("agree", "agree", nil).Match(clause(c.upper, c.lower))
		if m.Active != c.code || m.Pattern != c.pattern || m.Source != c.source || m.Target != c.target {
			t.Errorf("%s * %s: %+v, want %s %v %d %d", c.upper, c.lower, m, c.code, c.pattern, c.source, c.target)
		}
	}
}

func TestVerbLines(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"- * PACT [050]", "v:1: a pattern before any verb; put it below the verbs it is of"},
		{"AGREE\n- * PACT", "v:2: a pattern without a code; write [CODE] behind it"},
		{"AGREE\n- * PACT [5x]", `v:2: code "5x"; two to four digits of CAMEO are wanted, or --- for no event`},
		{"AGREE\n- * PACT [050", "v:2: a [ without a ]; write the code as [CODE]"},
		{"AGREE\n- * PACT []", `v:2: code ""; write [CODE], [CODE:CODE] or [:CODE]`},
		{"AGREE\n- * PACT [050] x", "v:2: words behind the code; begin a comment with #"},
		{"AGREE\n- PACT [050]", "v:2: a pattern without a verb; write * where it stands"},
		{"AGREE\n- * [050]", "v:2: a pattern with nothing but the verb; put the code behind the verb"},
		{"AGREE\n- * PACT * [050]", "v:2: a pattern with two verbs; a * stands for the verb, once"},
		{"AGREE\n- * (WITH PACT [050]", "v:2: a ( without a ); close it"},
		{"AGREE\n- * WITH) [050]", "v:2: a ) out of place; brackets must close where they open"},
		{"AGREE\n- * () [050]", "v:2: nothing within ( ); put words there"},
		{"AGREE\n- * ((((((A)))))) [050]", "v:2: brackets 5 deep; write the pattern flatter"},
		{"AGREE\n- * &PACT [050]", "v:2: no set &PACT; define it, or write its words"},
		{"&A\n+&A\nAGREE\n- * &A [050]", "v:4: set &A is 4 deep in others; write its words"},
		{"&A B\n", `v:1: set "&A B"; write &NAME, and below it its words, each with a + before it`},
		{"&A\n+B*\n", "v:2: a synonym may hold words only; drop what is none"},
		{"AGREE {AGREED", "v:1: a { without a }; write the forms as {FORM FORM}"},
		{"AGREE WITH", `v:1: "WITH" behind the verb; join its words by _, put forms in {} and a code in []`},
		{"RE_+ENTER", `v:1: verb "RE_+ENTER" does not begin with the verb itself; write it as a pattern of that verb`},
		{"AGREE\n* (TO) [050]", "v:2: a pattern without the - before it; put it there"},
		{"AGREE*", `v:1: verb "AGREE*"; letters are wanted, words joined by _`},
		{"--- AGREE [050 ---", "v:1: a [ without a ]; write the code as [CODE]"},
	} {
		_, passed := readAll(t, "", "", c.file)
		if len(passed) != 1 || passed[0] != c.want {
			t.Errorf("%q: %q\nwant %q", c.file, passed, c.want)
		}
	}
	// Sets may be defined below their use, and lines are named in their order.
	if _, passed := readAll(t, "", "", "AGREE\n- * &PACT [050]\n- * ( [050]\n\nX *\n&PACT\n+PACT\n"); len(passed) != 2 ||
		!strings.HasPrefix(passed[0], "v:3:") || !strings.HasPrefix(passed[1], "v:5:") {
		t.Errorf("passed over: %q, want lines 3 and 5", passed)
	}
}

func FuzzVerbs(f *testing.F) {
	f.Add(verbs, "france", "a pact | /with @spain")
	f.Add("A_B {+C_D} [:040]\n- % * (IN ^) + $ [---]", "@x", "@y | /in z")
	f.Fuzz(func(t *testing.T, text, upper, lower string) {
		var d Dictionary
		l, err := d.ReadVerbs("v", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSortedFunc(l.Passed, func(a, b *SyntaxError) int { return a.Line - b.Line }) {
			t.Errorf("lines out of order: %v", l.Passed)
		}
		c := clause(upper, lower)
		ids := int32(len(c.Upper) + len(c.Lower))
		for w := range d.verbs {
			v := d.Verb(w, w, func(string) bool { return true })
			if v == nil {
				t.Fatalf("%q is not found", w)
			}
			m := v.Match(c)
			if m.Code == (Code{}) || m.Source >= ids || m.Target >= ids || !m.Pattern && (m.Source >= 0 || m.Target >= 0) {
				t.Errorf("%q: %+v", w, m)
			}
		}
	})
}
