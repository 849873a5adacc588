import itsdangerous


def sign(value):
    return itsdangerous.Signer("key").sign(value)
