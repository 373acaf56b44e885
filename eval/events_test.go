package eval

import (
	"testing"

	"readout/news/event"
)

func TestEventScore(t *testing.T) {
	agree := func(source, target string) event.Coded {
		return event.Coded{PLOVER: "AGREE", Source: []string{source}, Target: []string{target}}
	}
	tests := []struct {
		name   string
		gold   eventGold
		events []event.Coded
		want   EventScore
	}{
		{"none", eventGold{class: "AGREE"}, nil, EventScore{Records: 1}},
		{"all right", eventGold{"AGREE", []string{"HUN"}, []string{"ROU"}, false}, []event.Coded{agree("HUNGOV", "ROUGOV")},
			EventScore{1, 1, 1, 1, 1, 1}},
		{"target wrong", eventGold{"AGREE", []string{"HUN"}, []string{"ROU"}, false}, []event.Coded{agree("HUN", "SVK")},
			EventScore{1, 1, 1, 0, 1, 1}},
		{"parts of two events do not add up", eventGold{"AGREE", []string{"HUN"}, []string{"ROU"}, false},
			[]event.Coded{agree("HUN", "SVK"), agree("SVK", "ROU")}, EventScore{1, 1, 1, 0, 2, 2}},
		{"mutual needs two", eventGold{"AGREE", []string{"HUN", "ROU"}, []string{"HUN", "ROU"}, true},
			[]event.Coded{agree("HUN", "HUN")}, EventScore{1, 1, 1, 0, 1, 1}},
		{"another class", eventGold{class: "CONSULT"}, []event.Coded{agree("HUN", "ROU")}, EventScore{Records: 1, Events: 1}},
	}
	for _, tt := range tests {
		var s EventScore
		s.add(tt.gold, tt.events)
		if s != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, s, tt.want)
		}
	}
	if got := countries([]string{"JAPGOV", "---", "jpn", "X"}); len(got) != 1 || got[0] != "JPN" {
		t.Errorf("countries: %v", got)
	}
}
