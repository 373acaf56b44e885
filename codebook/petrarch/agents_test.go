package petrarch

import (
	"strings"
	"testing"
)

const agents = `!PERSON! = MAN, MEN, WOMAN, WOMEN
!WING! = ARMED, POLITICAL
POLICE {} [~COP]
COUNTRY!PERSON! [~CVL]
!WING!_WING [~REB]
HARBOUR_MASTER [~GOV] # an office
ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~JUD]
DEPUTY [~LEG]
WITNESS [~CVL]
AID_AGENCY [NGO~]
MARINES_ [~MIL]
AID_AGENCY_STAFF {}[~LAB]
`

func TestAgent(t *testing.T) {
	d, passed := readAll(t, "", agents, "")
	if len(passed) > 0 {
		t.Errorf("passed over: %q", passed)
	}
	for _, c := range []struct {
		text, code string
		before     bool
		words      int
	}{
		{"police", "COP", false, 1},
		{"Police officer", "COP", false, 1},
		{"polices", "", false, 0},
		{"countrymen", "CVL", false, 1},
		{"political wing", "REB", false, 2},
		{"political wings", "", false, 0}, // sets make no plurals
		{"harbour masters", "GOV", false, 2},
		{"attorneys general", "JUD", false, 2},
		{"attorney generals", "", false, 0},
		{"deputies", "LEG", false, 1},
		{"witnesses", "CVL", false, 1},
		{"aid agencies", "NGO", true, 2},
		{"aid agency staff", "LAB", false, 3},
		{"marines", "MIL", false, 1},
	} {
		w := strings.Fields(c.text)
		if code, before, n := d.Agent(wordsOf(w), len(w), 0); code != c.code || before != c.before || n != c.words {
			t.Errorf("%q: %q, %v, %d words; want %q, %v, %d", c.text, code, before, n, c.code, c.before, c.words)
		}
	}
}

func TestAgentLines(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"POLICE", "g:1: no code; write [~CODE] behind the noun"},
		{"POLICE [~COP}", "g:1: a [ without a ]; write the code as [~CODE]"},
		{"POLICE [COP]", `g:1: code "COP" has no ~; write ~CODE to put it behind a country, CODE~ before it`},
		{"POLICE [~]", `g:1: code "~"; capitals are wanted beside the ~`},
		{"POLICE [~COP] x", "g:1: words behind the code; begin a comment with #"},
		{"POLICE { [~COP]", "g:1: a { without a } before the code; write the plural as {PLURAL}, {} for none"},
		{"[~COP]", `g:1: noun ""; one to 24 words are wanted, joined by _`},
		{"POLICE!PERSON! [~COP]", "g:1: no set !PERSON!; define it above as !NAME! = WORD, WORD"},
		{"!PERSON = MAN", `g:1: set "!PERSON"; write !NAME! = WORD, WORD`},
		{"!PERSON! = ,", "g:1: set !PERSON! has no words; write !NAME! = WORD, WORD"},
	} {
		_, passed := readAll(t, "", c.file, "")
		if len(passed) != 1 || passed[0] != c.want {
			// an undefined plural of "" is named once
			t.Errorf("%q: %q\nwant %q", c.file, passed, c.want)
		}
	}
}

func FuzzAgents(f *testing.F) {
	f.Add(agents)
	f.Add("!A! = !A!, B\nX!A!!A! [~CVL]")
	f.Fuzz(func(t *testing.T, text string) {
		var d Dictionary
		l, err := d.ReadAgents("g", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if l.Entries != len(d.nouns) {
			t.Errorf("%d entries, %d nouns", l.Entries, len(d.nouns))
		}
		words := strings.Fields(text)
		for i := range words {
			if code, _, n := d.Agent(wordsOf(words), len(words), i); (code == "") != (n == 0) || i+n > len(words) {
				t.Errorf("word %d of %d: %q, %d words", i, len(words), code, n)
			}
		}
	})
}
