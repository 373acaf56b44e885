package registry

import (
	"strings"
	"testing"
	"time"
)

func load(t testing.TB) *Registry {
	t.Helper()
	r, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 12, 0, 0, 0, time.UTC) }

func TestLookup(t *testing.T) {
	r := load(t)
	for _, c := range []struct {
		name, key string
		form      Form
	}{
		{"Azerbaijani", "AZE", FormAdjective},
		{"Azerbaijanis", "AZE", FormDemonym},
		{"U.S.", "USA", FormAcronym},
		{"us", "", 0},
		{"turkey", "", 0},
		{"Turkey", "TUR", FormName},
		{"Türkiye", "TUR", FormName},
		{"the Kremlin", "metonym-kremlin", FormMetonym},
		{"WHO", "world-health-organization", FormAcronym},
		{"who", "", 0},
		{"Who", "", 0},
		{"Angela Merkel", "angela-merkel", FormName},
		{"Merkel", "angela-merkel", FormSurname},
	} {
		got := r.Lookup(c.name)
		switch {
		case len(got) == 0 && c.key != "":
			t.Errorf("Lookup(%q) = nothing, want %s", c.name, c.key)
		case len(got) > 0 && (got[0].Entry.Key != c.key || got[0].Form != c.form):
			t.Errorf("Lookup(%q) = %s %s, want %q %s", c.name, got[0].Entry.Key, got[0].Form, c.key, c.form)
		}
	}
}

func TestHolders(t *testing.T) {
	r := load(t)
	got := r.Holders(r.OfficeKindOf("president", "FRA"), "FRA", day(2018, 8, 1))
	if len(got) != 1 || got[0].Name != "Emmanuel Macron" {
		t.Errorf("president of France: %v", got)
	}
}

func TestMatchAt(t *testing.T) {
	r := load(t)
	for _, c := range []struct {
		text string // the match is tried at its first word
		n    int
		key  string // of the best; "" for none
	}{
		{"Nagorno - Karabakh 's army", 3, "place-aze-nagorno-karabakh"},
		{"Nagorno-Karabakh 's army", 1, "place-aze-nagorno-karabakh"},
		{"Côte d' Ivoire said", 3, "CIV"},
		{"People 's Liberation Army Navy", 4, "people-s-liberation-army"},
		{"South Sudan", 2, "SSD"},
		{"South Sudanese troops", 2, "SSD"},
		{"South of Sudan", 0, ""},
		{"Guinea - Bissau and", 3, "GNB"},
		{"Guinea -", 1, "GIN"},
		{"UN Security Council members", 3, "un-security-council"},
		{"U.N. Security Council", 3, "un-security-council"},
		{"- Karabakh", 0, ""},
		{"let us go", 0, ""},
		{"Let us go", 0, ""},
		{"Is it", 0, ""},
		{"IS fighters", 1, "islamic-state"},
		{"al - Shabab", 3, "al-shabaab"},
		{"Vladimir Putin", 2, "vladimir-putin"},
		{"", 0, ""},
	} {
		words := strings.Fields(c.text)
		got := r.MatchAt(func(i int) string { return words[i] }, len(words), 0)
		key, n := "", 0
		if len(got) > 0 {
			key, n = got[0].Entry.Key, got[0].N
		}
		if key != c.key || n != c.n {
			t.Errorf("MatchAt(%q) = %q, %d words, want %q, %d", c.text, key, n, c.key, c.n)
		}
	}
}

func TestWeakNames(t *testing.T) {
	r := load(t)
	for name, weak := range map[string]bool{"May": true, "Merkel": false, "Theresa May": false, "Russia": false} {
		if got := r.Lookup(name); len(got) == 0 || got[0].Weak != weak {
			t.Errorf("Lookup(%q) = %v, want weak %v", name, got, weak)
		}
	}
}

// FuzzMatchAt matches in any text: what is found lies in it, does not begin or
// end with a stray hyphen, and is found again when it is looked up by itself.
func FuzzMatchAt(f *testing.F) {
	for _, s := range []string{"the U.N. Security Council", "al - - Shabab", "Sana 'a", "Kim Jong - un said", "\xff\xfe", "İ ẞ", "- - -"} {
		f.Add(s)
	}
	r, err := Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		words := strings.Fields(s)
		for i := range words {
			got := r.MatchAt(func(i int) string { return words[i] }, len(words), i)
			for _, m := range got {
				if m.N < 1 || i+m.N > len(words) || joins(words[i]) || joins(words[i+m.N-1]) {
					t.Fatalf("%q at %d: %d words", s, i, m.N)
				}
				if m.Entry != got[0].Entry && m.N != got[0].N {
					t.Fatalf("%q at %d: matches of two lengths", s, i)
				}
			}
		}
	})
}

func TestSpelling(t *testing.T) {
	r := load(t)
	for _, c := range []struct{ piece, want string }{
		{"gadhafi", "qaddafi"}, {"qaddafi", "qaddafi"}, {"muhammad", "mohammed"}, {"nobody", "nobody"}, {"", ""},
	} {
		if got := r.Spelling(c.piece); got != c.want {
			t.Errorf("Spelling(%q) = %q, want %q", c.piece, got, c.want)
		}
	}
}

// TestRoleHomes wants the country of role nouns that one country alone has, and
// none of those that several share.
func TestRoleHomes(t *testing.T) {
	r, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for noun, want := range map[string]string{"taoiseach": "IRL", "pope": "VAT", "king": "", "president": "", "premier": "", "chancellor": "", "spokesman": "", "spokeswoman": "", "envoy": ""} {
		if n, _, ok := r.RoleNoun([]string{noun}); !ok || n.Country != want {
			t.Errorf("RoleNoun(%q).Country = %q, %v, want %q", noun, n.Country, ok, want)
		}
	}
}
