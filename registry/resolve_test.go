package registry

import (
	"strings"
	"testing"
	"time"
)

func TestResolve(t *testing.T) {
	r := load(t)
	for _, c := range []struct {
		phrase string
		at     time.Time
		want   string // country, roles, kind
	}{
		{"German Chancellor Angela Merkel", day(2015, 2, 12), "DEU GOV person"},
		{"Angela Merkel", day(2023, 2, 12), "DEU ELI person"},
		{"Merkel", day(2015, 2, 12), "DEU GOV person"},
		{"Vladimir Putin", day(1999, 2, 1), "RUS SPY person"},
		{"Sergei Shoigu", day(2020, 2, 1), "RUS GOV MIL person"},
		{"the Kenyan police", day(2020, 2, 1), "KEN COP body"},
		{"police in Nairobi", day(2020, 2, 1), "KEN COP body"},
		{"a former prime minister of Peru", day(2020, 2, 1), "PER ELI person"},
		{"an ex-minister from Chad", day(2020, 2, 1), "TCD ELI person"},
		{"two ex-ministers from Chad", day(2020, 2, 1), "TCD ELI people"},
		{"Uhuru Kenyatta", day(2022, 11, 15), "KEN ELI person"},
		{"Angela Merkel", time.Time{}, "DEU ELI person"},
		{"German Chancellor Angela Merkel", time.Time{}, "DEU GOV person"},
		{"rebels in Darfur", day(2004, 8, 1), "SDN REB people"},
		{"the leader of the rebels", day(2004, 8, 1), "REB person"},
		{"the Taliban spokesman", day(2021, 8, 1), "AFG REB person"},
		{"a retired Mossad official", day(2021, 8, 1), "ISR ELI person"},
		{"Moscow", day(2021, 8, 1), "RUS GOV country"},
		{"Russia", day(2021, 8, 1), "RUS country"},
		{"Russians", day(2021, 8, 1), "RUS people"},
		{"the Kremlin", day(2021, 8, 1), "RUS GOV metonym"},
		{"Ghana's parliament", day(2021, 8, 1), "GHA LEG body"},
		{"Togo's defence department", day(2021, 8, 1), "TGO GOV MIL body"},
		{"the Bundestag", day(2021, 8, 1), "DEU LEG body"},
		{"the Lahore High Court", day(2021, 8, 1), "PAK JUD body"},
		{"Lusaka University", day(2021, 8, 1), "ZMB EDU body"},
		{"foreign minister", day(2021, 8, 1), "GOV person"},
		{"the UN envoy to Yemen", day(2021, 8, 1), "UNO GOV person"},
		{"a Dutch-led coalition", day(2021, 8, 1), "NLD body"},
		{"ordinary Estonians", day(2021, 8, 1), "EST people"},
		{"people in the UK", day(2021, 8, 1), "GBR CVL body"},
		{"Abkhazia", day(2021, 8, 1), "GEO PRE place"},
		{"TASS", day(2021, 8, 1), "RUS GOV JRN agency"},
		{"President Unheard Ofperson", day(2021, 8, 1), "GOV person"},
		{"Marcus Bush", day(2003, 8, 1), ""},
		{"Ali Hassan", day(2023, 8, 1), ""},
		{"Jean Macron", day(2023, 8, 1), ""},
		{"French President Macron", day(2023, 8, 1), "FRA GOV person"},
		{"Richard Nobody", day(2003, 8, 1), ""},
		{"a demand", day(2003, 8, 1), ""},
		{"", day(2003, 8, 1), ""},
	} {
		g := r.Resolve(c.phrase, c.at, "")
		got := strings.Join(strings.Fields(g.Country+" "+g.Role+" "+g.Role2+" "+g.Kind.String()), " ")
		if got != c.want {
			t.Errorf("Resolve(%q, %s) = %s, want %s", c.phrase, c.at.Format(time.DateOnly), got, c.want)
		}
		if (got == "") != (g.Confidence == 0) || g.Confidence > 1 {
			t.Errorf("Resolve(%q): confidence %v for %q", c.phrase, g.Confidence, got)
		}
	}
}

func TestContextDecides(t *testing.T) {
	r := load(t)
	for _, c := range []struct{ context, want string }{
		{"talks in Manila with the army", "PHL"},
		{"a raid near Douala in Cameroon", "CMR"},
		{"an attack on Goma, in the Democratic Republic of Congo", "COD"},
	} {
		name := "ADF"
		if c.want == "PHL" {
			name = "CPP"
		}
		if got := r.Resolve(name, day(2020, 1, 1), c.context); got.Country != c.want {
			t.Errorf("Resolve(%s) beside %q: %s, want %s", name, c.context, got.Country, c.want)
		}
	}
}

// FuzzResolve reads any phrase: no panic, and what is named comes with a kind.
func FuzzResolve(f *testing.F) {
	for _, s := range []string{"German Chancellor Angela Merkel", "ex-", "'s", "the", "Putin's", "- - al - -", "of of", "Kim Kim Kim", "\xff", "(the U.N.)"} {
		f.Add(s)
	}
	r, err := Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if g := r.Resolve(s, day(2020, 1, 1), s); g.Kind == 0 && (g.Entry != nil || g.Country != "" || g.Role != "") {
			t.Errorf("Resolve(%q) = %+v", s, g)
		}
	})
}
