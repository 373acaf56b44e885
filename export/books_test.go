package export

import (
	"os"
	"slices"
	"strings"
	"testing"

	"readout/codebook/cameo"
	"readout/codebook/plover"
	"readout/registry"
)

// TestBooks: the tables of this package name what there is: countries of the
// registry, codes of CAMEO that PLOVER knows, topics that the reader finds.
func TestBooks(t *testing.T) {
	reg, err := registry.Default()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for alpha3, fips := range book().fips {
		if reg.Country(alpha3) == nil || len(fips) != 2 {
			t.Errorf("fips.tsv: %s is no country, or %q no code of FIPS", alpha3, fips)
		}
		if seen[fips] != "" {
			t.Errorf("fips.tsv: %s is %s and %s", fips, alpha3, seen[fips])
		}
		seen[fips] = alpha3
	}
	for alpha3, want := range map[string]string{"DEU": "GM", "CHN": "CH", "CHE": "SZ", "RUS": "RS", "UKR": "UP", "GBR": "UK", "AUS": "AS", "AUT": "AU"} {
		if got := book().fips[alpha3]; got != want {
			t.Errorf("%s is %s in FIPS, want %s", alpha3, got, want)
		}
	}
	for kind, code := range book().kinds {
		if _, ok := cameo.Lookup(cameo.Code(code)); !ok {
			t.Errorf("kinds.tsv: %s has %s, which is no code of CAMEO", kind, code)
		}
		if p, _ := plover.FromCAMEO(code); p == 0 && kind != "statement" {
			t.Errorf("kinds.tsv: %s has %s, which PLOVER leaves out", kind, code)
		}
	}
	b, err := os.ReadFile("../news/issue/data/topics.tsv")
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Fields("military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal reparations human_rights " +
		"rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration disasters " +
		"natural_resource environment technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking")
	for topic, c := range book().contexts {
		if !strings.Contains(string(b), "\n"+topic+"\t") {
			t.Errorf("contexts.tsv: the reader finds no topic %q", topic)
		}
		if !slices.Contains(all, c) {
			t.Errorf("contexts.tsv: %s has %q, which is no context of PLOVER", topic, c)
		}
	}
}

// TestGDELTColumns: rows have the columns that the codebook names.
func TestGDELTColumns(t *testing.T) {
	for version, want := range map[int]int{1: 58, 2: 61} {
		if got := gdeltColumns(version); len(got) != want {
			t.Errorf("version %d has %d columns, want %d", version, len(got), want)
		}
	}
	if len(gdeltMentionColumns) != 16 || len(polecatColumns) != 40 || len(icews.header) != 20 {
		t.Errorf("%d mentions, %d POLECAT, %d ICEWS", len(gdeltMentionColumns), len(polecatColumns), len(icews.header))
	}
}
