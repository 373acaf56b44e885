package registry

import (
	"strings"
	"testing"
)

// A text without a name the registry knows: every word is looked at, none is
// matched.
const plain = `the negotiators said late on tuesday that they had worked through the night on a text which both sides could
accept , but that three points were still open and that nobody should expect a signature before the end of the week ; a person
close to the talks , who asked not to be named because the discussions were private , described the mood as tense .`

func BenchmarkMatchAt(b *testing.B) {
	r := load(b)
	words := strings.Fields(plain)
	at := func(i int) string { return words[i] }
	b.ReportAllocs()
	for b.Loop() {
		for i := range words {
			if r.MatchAt(at, len(words), i) != nil {
				b.Fatal(words[i])
			}
		}
	}
	b.ReportMetric(float64(len(words))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkRoleNounAt(b *testing.B) {
	r := load(b)
	words := strings.Fields(plain)
	at := func(i int) string { return words[i] }
	b.ReportAllocs()
	for b.Loop() {
		for i := range words {
			r.RoleNounAt(at, len(words), i)
		}
	}
	b.ReportMetric(float64(len(words))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(Config{}); err != nil {
			b.Fatal(err)
		}
	}
}
