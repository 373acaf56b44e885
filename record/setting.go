package record

import (
	"context"
	"fmt"

	"readout/record/join"
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

// ChangeSetting keeps what change makes of the value under a name, alone among
// all who write: nothing that another keeps meanwhile is lost. change may be
// called again; with an error of it nothing is kept.
func (l *Ledger) ChangeSetting(ctx context.Context, name string, change func(value string) (string, error)) error {
	var refused error
	err := l.store.Update(ctx, func(tx Tx) error {
		was, err := tx.Meta(ctx, metaSetting+name)
		if err != nil {
			return err
		}
		var is string
		if is, refused = change(was); refused != nil || is == was {
			return refused
		}
		return tx.SetMeta(ctx, metaSetting+name, is)
	})
	if refused != nil {
		return refused
	}
	if err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	return nil
}

// copySettings brings over the settings of src. One that was here before, or was
// changed here since it was brought, stays as it is.
func (l *Ledger) copySettings(ctx context.Context, src *Ledger, mark *copied) error {
	values := map[string]string{}
	err := src.store.View(ctx, func(r Reader) error {
		names, err := r.Metas(ctx, metaSetting)
		if err != nil {
			return err
		}
		for _, name := range names {
			if values[name], err = r.Meta(ctx, name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	var next copied
	err = l.store.Update(ctx, func(tx Tx) error {
		brought := map[string]string{}
		for name, value := range values {
			here, err := tx.Meta(ctx, name)
			if err != nil {
				return err
			}
			if was := mark.Settings[name]; here != "" && join.ID("m", here) != was {
				brought[name] = was
				continue
			}
			if err := tx.SetMeta(ctx, name, value); err != nil {
				return err
			}
			brought[name] = join.ID("m", value)
		}
		next = *mark
		next.Settings = brought
		return setMark(ctx, tx, &next)
	})
	if err == nil {
		*mark = next
	}
	return err
}
