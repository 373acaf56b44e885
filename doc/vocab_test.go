package doc

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func join[E fmt.Stringer](list []E) string {
	var out []string
	for _, v := range list {
		out = append(out, v.String())
	}
	return strings.Join(out, ", ")
}

// The published description of the reading names every value of every closed
// vocabulary, in the order of the code.
func TestVocabulariesAreDocumented(t *testing.T) {
	b, err := os.ReadFile("../docs/reading.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		"| statement form | " + join(StatementForms()) + " |",
		"| act of a statement | " + join(Acts()) + " |",
		"| standing of a source | " + join(Standings()) + " |",
		"| record | " + join(RecordKinds()) + " |",
		"| channel kind | " + join(ChannelKinds()) + " |",
		"| kind of an actor | " + join(ActorKinds()) + " |",
		"| form of a mention | " + join(MentionForms()) + " |",
		"| kind of an event | " + join(EventKinds()) + " |",
		"| step of a deal | " + join(Steps()) + " |",
		"| format | " + join(Formats()) + " |",
		"| level | " + join(Levels()) + " |",
		"| status of an event | " + join(Statuses()) + " |",
		"| line of a party | " + join(Lines()) + " |",
		"| part in an event | " + join(Parts()) + " |",
		"| link between events | " + join(LinkKinds()) + " |",
		"| condition | " + join(ConditionKinds()) + " |",
		"| stance on an issue | " + join(Stances()) + " |",
		"| status of a proposal | " + join(ProposalStatuses()) + " |",
		"| granularity of a time | " + join(Granularities()) + " |",
		"| kind of a block | " + join(BlockKinds()) + " |",
	} {
		if !strings.Contains(string(b), row) {
			t.Errorf("docs/reading.md lacks the row\n%s", row)
		}
	}
}

// Every name parses to its value, and nothing else does.
func TestParseRoundTrip(t *testing.T) {
	for _, v := range Deprels() {
		if got, ok := ParseDeprel(v.String()); !ok || got != v {
			t.Errorf("ParseDeprel(%q) = %v, %v", v.String(), got, ok)
		}
	}
	for _, v := range UPOSValues() {
		if got, ok := ParseUPOS(v.String()); !ok || got != v {
			t.Errorf("ParseUPOS(%q) = %v, %v", v.String(), got, ok)
		}
	}
	for _, s := range []string{"", "nonsense", "PLANNED"} {
		if v, ok := ParseStatus(s); ok || v != 0 {
			t.Errorf("ParseStatus(%q) = %v, %v, want none", s, v, ok)
		}
	}
	if got := RelNsubjPass.Base(); got != RelNsubj {
		t.Errorf("Base of nsubj:pass = %v", got)
	}
}
