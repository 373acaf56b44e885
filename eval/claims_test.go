package eval_test

import (
	"os"
	"testing"

	"readout"
	"readout/eval"
)

// The accuracy of verdicts on claims is golden: rules were mended on one half of
// the claims, and the other half was only measured.
func TestClaims(t *testing.T) {
	r, err := readout.New(readout.Config{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := eval.Claims(t.Context(), r, "../examples/black-sea-grain-2022/articles", "testdata/claims.tsv")
	if err != nil {
		t.Fatal(err)
	}
	got := eval.FormatClaims(list)
	for i := range list {
		if list[i].Part == "tune" {
			for _, w := range list[i].Wrong {
				t.Log(w)
			}
		}
	}
	const name = "testdata/claims.golden"
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil || got != string(want) {
		t.Errorf("got\n%swant\n%s%v", got, want, err)
	}
}
