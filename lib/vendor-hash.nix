"sha256-FcrOvdXbr5FPe7fz7QfwOvMUrSGr2karfr/PhX5KDMM="
