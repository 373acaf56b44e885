package record

import (
	"context"
	"fmt"
)

// metaSetting begins the names of what programs keep beside the ledger.
const metaSetting = "setting/"

// Setting gives what a program kept in the record under a name, "" for nothing.
// It is no entry: it tells how somebody works, and no view rests on it.
func (l *Ledger) Setting(ctx context.Context, name string) (string, error) {
	var value string
	err := l.store.View(ctx, func(r Reader) (err error) {
		value, err = r.Meta(ctx, metaSetting+name)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("setting %s: %w", name, err)
	}
	return value, nil
}

// SetSetting keeps a value under a name, in the place of the one before.
func (l *Ledger) SetSetting(ctx context.Context, name, value string) error {
	err := l.store.Update(ctx, func(tx Tx) error { return tx.SetMeta(ctx, metaSetting+name, value) })
	if err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	return nil
}
