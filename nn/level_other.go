//go:build !amd64

package nn

func detect() Level { return Plain }
