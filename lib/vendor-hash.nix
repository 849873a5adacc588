"sha256-oYG/mCCEmh/OaTQdsf7B7fS0rvFoSJEz96vzKGGAnMc="
