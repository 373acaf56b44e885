package registry

import (
	"strings"
	"testing"
	"time"
)

func TestHoldersAreSound(t *testing.T) {
	name := map[string]string{}
	rows(t, "holders", func(w row) {
		key := w.get("key")
		if key != slug(key) {
			t.Errorf("%s:%d: key %q is not lower case words joined by hyphens", w.table, w.line, key)
		}
		if n := w.get("name"); name[key] == "" {
			name[key] = n
		} else if n != "" && Fold(n) != Fold(name[key]) {
			t.Errorf("%s:%d: %s is %q here and %q before: two people need two keys", w.table, w.line, key, n, name[key])
		}
		if r := w.get("role"); (r != "" || len(w.get("country")) == 3 && !strings.Contains("UNO EUR IGO NGO", w.get("country"))) &&
			(len(r) != 3 || r != strings.ToUpper(r)) {
			t.Errorf("%s:%d: role %q", w.table, w.line, r)
		}
	})
	r := load(t)
	items := map[string]string{}
	for e := range r.Entries {
		if old := items[e.Wikidata]; old != "" && e.Wikidata != "" {
			t.Errorf("%s and %s are both %s", old, e.Key, e.Wikidata)
		}
		items[e.Wikidata] = e.Key
		for k, o := range e.Offices {
			if k > 0 && o.From.First().Before(e.Offices[k-1].From.First()) {
				t.Errorf("%s: offices out of order", e.Key)
			}
		}
	}
}

// One head of state and of government at a time: the facts a reader leans on
// most. The day of a change may have two.
func TestLeadersBySomeDates(t *testing.T) {
	r := load(t)
	for _, c := range []struct {
		title, country string
		at             time.Time
		want           string
	}{
		{"president", "USA", day(1995, 11, 21), "Bill Clinton"},
		{"president", "USA", day(2003, 3, 20), "George W. Bush"},
		{"president", "USA", day(2021, 1, 19), "Donald Trump"},
		{"president", "USA", day(2021, 1, 21), "Joe Biden"},
		{"secretary of state", "USA", day(2015, 7, 14), "John Kerry"},
		{"president", "RUS", day(2008, 8, 12), "Dmitry Medvedev"},
		{"prime minister", "RUS", day(2008, 8, 12), "Vladimir Putin"},
		{"foreign minister", "RUS", day(2022, 3, 10), "Sergei Lavrov"},
		{"president", "UKR", day(2015, 2, 12), "Petro Poroshenko"},
		{"chancellor", "DEU", day(2015, 2, 12), "Angela Merkel"},
		{"french president", "FRA", day(2008, 8, 12), "Nicolas Sarkozy"},
		{"foreign secretary", "GBR", day(2003, 3, 18), "Jack Straw"},
		{"prime minister", "GBR", day(1998, 4, 10), "Tony Blair"},
		{"president", "COL", day(2016, 9, 26), "Juan Manuel Santos"},
		{"president", "AZE", day(2020, 11, 9), "Ilham Aliyev"},
		{"prime minister", "ARM", day(2020, 11, 9), "Nikol Pashinyan"},
	} {
		got := r.HoldersByTitle(c.title, c.country, c.at)
		if len(got) != 1 || got[0].Name != c.want {
			t.Errorf("%s of %s on %s: %v, want %s", c.title, c.country, c.at.Format(time.DateOnly), names(got), c.want)
		}
	}
}

func names(list []*Entry) []string {
	var out []string
	for _, e := range list {
		out = append(out, e.Name)
	}
	return out
}

func TestDates(t *testing.T) {
	june := Date{2020, 6, 0}
	held := Office{From: Date{2019, 0, 0}, To: june}
	for _, c := range []struct {
		at           time.Time
		held, former bool
	}{
		{day(2018, 12, 31), false, false},
		{day(2019, 1, 1), true, false},
		{day(2020, 6, 30), true, false},
		{day(2020, 7, 1), false, true},
	} {
		if held.At(c.at) != c.held || held.Before(c.at) != c.former {
			t.Errorf("%v at %s: held %v, former %v", held, c.at, held.At(c.at), held.Before(c.at))
		}
	}
	for _, s := range []string{"2025", "2025-08", "2025-08-18", "0001-01-01"} {
		if d, err := ParseDate(s); err != nil || d.String() != s {
			t.Errorf("ParseDate(%q) = %s, %v", s, d, err)
		}
	}
	for _, s := range []string{"25", "2025-8", "2025/08", "2025-13", "2025-02-30", "2025-08-18T", "-001", "0000", "20 5"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %s", s, d)
		}
	}
}

func TestPersonBySpelling(t *testing.T) {
	r := load(t)
	for _, c := range []struct {
		name string
		at   time.Time
		want string
	}{
		{"Zelenskyy", day(2022, 3, 1), "volodymyr-zelensky"},
		{"Volodymyr Zelenskiy", day(2022, 3, 1), "volodymyr-zelensky"},
		{"Sergey Lavrov", day(2022, 3, 1), "sergei-lavrov"},
		{"Lukashenka", day(2020, 9, 1), "alexander-lukashenko"},
		{"Bush", day(1990, 8, 2), "george-h-w-bush"},
		{"Bush", day(2003, 3, 20), "george-w-bush"},
		{"George Bush", day(2003, 3, 20), "george-w-bush"},
		{"LE DRIAN", day(2018, 3, 20), "jean-yves-le-drian"},
		{"Juri Ratas", day(2018, 3, 20), "juri-ratas"},
		{"Nobody Inparticular", day(2018, 3, 20), ""},
	} {
		got := r.Person(c.name, c.at)
		switch {
		case len(got) == 0 && c.want != "", len(got) > 0 && got[0].Entry.Key != c.want:
			t.Errorf("Person(%q, %s) = %v, want %s", c.name, c.at.Format(time.DateOnly), got, c.want)
		}
	}
}

func TestGender(t *testing.T) {
	r := load(t)
	for name, want := range map[string]Gender{"Angela": Female, "ángela": Female, "Sergei": Male, "Jean": 0, "Qwxz": 0} {
		if got := r.Gender(name); got != want {
			t.Errorf("Gender(%q) = %s, want %s", name, got, want)
		}
	}
}

func TestConfidences(t *testing.T) {
	r := load(t)
	for _, name := range []string{"Kim", "Lee", "Bush", "Clinton", "Merkel", "Angela Merkel", "Zelensky"} {
		for _, at := range []time.Time{{}, day(1992, 5, 1), day(2024, 5, 1)} {
			list := r.Person(name, at)
			sum := float32(0)
			for i, c := range list {
				sum += c.Confidence
				if c.Confidence <= 0 || i > 0 && c.Confidence > list[i-1].Confidence {
					t.Errorf("Person(%q, %s): %v has %v after %v", name, at, c.Entry.Name, c.Confidence, list[max(i-1, 0)].Confidence)
				}
			}
			if len(list) == 0 || sum > 1 {
				t.Errorf("Person(%q, %s): %d people with %v in all", name, at, len(list), sum)
			}
		}
	}
}
