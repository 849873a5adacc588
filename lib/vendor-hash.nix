"sha256-cjY5d4rQPS5WX7Mmib4Unkm1OwczdyLitB3J3+aJZ0E="
