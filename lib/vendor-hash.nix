"sha256-WSPrBlk6zsrTQvYEeI5v1PgptyG5gSx+rXZL1YRsBlc="
