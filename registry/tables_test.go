package registry

import (
	"bufio"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// rows calls f for each row of the embedded tables of a format.
func rows(t *testing.T, of string, f func(row)) {
	t.Helper()
	names, err := fs.Glob(files, "data/*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		in, err := files.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		w := row{table: name}
		var as *format
		for sc := bufio.NewScanner(in); sc.Scan(); {
			w.line++
			if sc.Text() == "" || sc.Text()[0] == '#' {
				continue
			}
			w.cells = strings.Split(sc.Text(), "\t")
			if as == nil {
				if as, err = w.header(); err != nil {
					t.Fatal(err)
				}
			} else if of == "" || as.name == of {
				f(w)
			}
		}
		in.Close()
	}
}

func TestEveryRowHasASource(t *testing.T) {
	n := 0
	rows(t, "", func(w row) {
		n++
		if w.get("source") == "" {
			t.Errorf("%s:%d: no source", w.table, w.line)
		}
		for i, c := range w.cells {
			if c != strings.TrimSpace(c) || strings.Contains(c, "||") {
				t.Errorf("%s:%d: cell %d is %q", w.table, w.line, i+1, c)
			}
		}
	})
	t.Logf("%d rows", n)
}

// sentence splits an example into tokens, the closing full stop by itself.
func sentence(s string) []string {
	s, stop := strings.CutSuffix(s, ".")
	words := Words(s)
	if stop {
		words = append(words, ".")
	}
	return words
}

func TestMetonymExamples(t *testing.T) {
	r := load(t)
	rows(t, "metonyms", func(w row) {
		words := sentence(w.get("example"))
		at := func(i int) string { return words[i] }
		found := false
		for i := range words {
			for _, m := range r.MatchAt(at, len(words), i) {
				found = found || m.Entry.Kind == Metonym && m.Form == FormMetonym && m.Entry.Name == w.get("metonym") &&
					m.Entry.Code == w.get("code") && r.StandsFor(m.Entry).Key == w.get("stands")
			}
		}
		if !found {
			t.Errorf("%s:%d: %q does not give %s", w.table, w.line, w.get("example"), w.get("metonym"))
		}
		for _, v := range append(w.list("names"), w.get("metonym"), strings.ToUpper(w.get("metonym")), "the "+w.get("metonym")) {
			if !slices.ContainsFunc(r.Lookup(v), func(m Match) bool { return m.Entry.Kind == Metonym }) {
				t.Errorf("%s:%d: Lookup(%q) has no metonym", w.table, w.line, v)
			}
		}
	})
}

func TestRoleExamples(t *testing.T) {
	r := load(t)
	rows(t, "roles", func(w row) {
		words := sentence(w.get("example"))
		at := func(i int) string { return words[i] }
		role := strings.Trim(w.get("role"), "-")
		is := func(n RoleNoun) bool {
			return n.Noun == w.get("noun") && n.Role == role && n.Role2 == w.get("role2")
		}
		found := false
		for i := range words {
			n, _, _ := r.RoleNounAt(at, len(words), i)
			found = found || is(n)
		}
		if !found {
			t.Errorf("%s:%d: %q does not give %s", w.table, w.line, w.get("example"), w.get("noun"))
		}
		for _, v := range []string{"the new " + w.get("noun"), strings.ToUpper(w.get("noun"))} {
			words := Words(v)
			// a longer noun of the table may end the same way ("new" is part of none)
			if n, k, ok := r.RoleNoun(words); !ok || !is(n) || k > len(words) {
				t.Errorf("%s:%d: RoleNoun(%q) = %v", w.table, w.line, v, n)
			}
		}
	})
}

func TestOfficeExamples(t *testing.T) {
	r := load(t)
	rows(t, "offices", func(w row) {
		want, _ := ParseOfficeKind(w.get("kind"))
		countries := w.list("countries")
		if countries == nil {
			countries = []string{"ZZZ"}
		}
		for _, c := range countries {
			for _, title := range []string{w.get("example"), strings.ToLower(w.get("office")), "Acting " + w.get("office")} {
				if got := r.OfficeKindOf(title, c); got != want && !strings.HasPrefix(title, "Acting acting") {
					t.Errorf("%s:%d: OfficeKindOf(%q, %q) = %s, want %s", w.table, w.line, title, c, got, want)
				}
			}
		}
	})
}

func TestHonorificExamples(t *testing.T) {
	r := load(t)
	rows(t, "honorifics", func(w row) {
		words := strings.Fields(w.get("example"))
		h, n, ok := r.HonorificAt(func(i int) string { return words[i] }, len(words), 0)
		if !ok || Fold(h.Title) != Fold(w.get("honorific")) || n != len(strings.Fields(w.get("honorific"))) {
			t.Errorf("%s:%d: %q gives %v", w.table, w.line, w.get("example"), h)
		}
	})
}

func TestSpellings(t *testing.T) {
	r := load(t)
	rows(t, "spellings", func(w row) {
		for _, v := range w.list("variants") {
			if !slices.Contains(r.spelling[Fold(w.get("spelling"))], Fold(v)) {
				t.Errorf("%s:%d: %s has lost %s", w.table, w.line, w.get("spelling"), v)
			}
		}
	})
}

func TestMembersAreEntries(t *testing.T) {
	r := load(t)
	for e := range r.Entries {
		for _, m := range e.Members {
			if r.Entry(m) == nil {
				t.Errorf("%s has member %q, which no table has", e.Key, m)
			}
		}
	}
}

// iso are the codes of ISO 3166-1, alpha-3, as of 2024.
const iso = `ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR
BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI
DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM
GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO
LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI
MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU
RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL
TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE XKX`

func TestEveryCountryIsThere(t *testing.T) {
	r := load(t)
	alpha2 := map[string]string{}
	for _, code := range strings.Fields(iso) {
		e := r.Country(code)
		if e == nil {
			t.Errorf("no %s", code)
			continue
		}
		if e.Name == "" || e.Code != code {
			t.Errorf("%s: name %q, code %q", code, e.Name, e.Code)
		}
	}
	rows(t, "countries", func(w row) {
		two := w.get("alpha2")
		if two == "" {
			return
		}
		if old := alpha2[two]; old != "" {
			t.Errorf("%s and %s share %s", old, w.get("alpha3"), two)
		}
		alpha2[two] = w.get("alpha3")
		if r.Country(two) != r.Country(w.get("alpha3")) {
			t.Errorf("Country(%q) is not %s", two, w.get("alpha3"))
		}
	})
}
