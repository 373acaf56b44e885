package sheet

import "readout/record"

// Rests is the account that the status of an event rests on.
func Rests(e *record.Event) record.Witness {
	if len(e.Status.Rests) > 0 {
		return e.Status.Rests[0].Witness
	}
	return e.Mentions[0].Witness
}
