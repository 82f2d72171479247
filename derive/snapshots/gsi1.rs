const _: () = {
    use ::monotable::__private as __m;
    #[automatically_derived]
    impl __m::Index for Gsi1 {
        const DEF: &'static __m::IndexDef = &__m::IndexDef::new(
            "gsi1",
            ["gsi1pk", "gsi1sk"],
            __m::Projection::Include(&["status", "placed-at"]),
        );
        type Projection = __m::Include;
    }
};
