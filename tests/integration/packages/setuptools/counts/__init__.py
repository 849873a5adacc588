import itsdangerous


def main():
    print(len(itsdangerous.Signer("key").sign("value")))
