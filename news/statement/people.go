package statement

import "fmt"

// human is what kind of speaker a common noun names.
type human uint8

const (
	_      human = iota
	person       // an official
	body         // the ministry, the two governments
	paper        // a report: it says, but somebody issued it
)

var humanNames = map[string]human{"person": person, "body": body, "paper": paper}

func (t *tables) addPeople(row []string) error {
	k, ok := humanNames[row[1]]
	if !ok {
		return fmt.Errorf("unknown kind of speaker %q", row[1])
	}
	t.people[row[0]] = k
	return nil
}
