package eval

import (
	"math"
	"strings"
	"testing"

	"readout/reading"
)

func TestCalibration(t *testing.T) {
	var c Calibration
	for _, x := range []struct {
		confidence float64
		right      bool
	}{{0, false}, {float64(float32(0.7)), true}, {0.75, false}, {1, true}, {0.95, true}} {
		c.Add(x.confidence, x.right)
	}
	for i, want := range map[int]int{0: 1, 7: 2, 9: 2} {
		if c[i].N != want {
			t.Errorf("decile %d holds %d, want %d", i, c[i].N, want)
		}
	}
	if got, want := c.Error(), (0+0.45+0.05)/5; math.Abs(got-want) > 1e-6 {
		t.Errorf("error %g, want %g", got, want)
	}
}

// TestJudgeEvents: what items with a status, tight items and forbidding items
// say of three meetings.
func TestJudgeEvents(t *testing.T) {
	r := &reading.Reading{Events: []reading.Event{
		{ID: "e1", Kind: "meeting", Status: "planned", Confidence: 0.85},
		{ID: "e2", Kind: "visit", Status: "occurred", Confidence: 0.75},
		{ID: "e3", Kind: "call", Status: "occurred", Confidence: 0.65},
		{ID: "e4", Kind: "attack", Status: "occurred", Confidence: 0.55}, // nobody speaks of it
	}}
	x, err := ParseExpectation([]byte(`{"expect": [
		{"id": "a", "events": {"kind": "meeting", "status": "planned"}},
		{"id": "b", "events": {"kind": "visit", "status": "cancelled"}},
		{"id": "c", "events": {"kind": "call"}, "absent": true},
		{"id": "d", "events": {"kind": ["meeting", "call"]}, "among": [{"kind": "call"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	var c Calibration
	if err := judgeEvents(r, x, &c); err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int][2]int{8: {1, 1}, 7: {1, 0}, 6: {1, 0}, 5: {0, 0}} {
		if got := [2]int{c[i].N, c[i].Right}; got != want {
			t.Errorf("decile %d: %v, want %v", i, got, want)
		}
	}
	var b strings.Builder
	if err := PrintCalibration(&b, []Calibrated{{"events", c}}); err != nil || !strings.Contains(b.String(), "0.8 to 0.9") {
		t.Errorf("table %q, %v", b.String(), err)
	}
}
