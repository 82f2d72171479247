const _: () = {
    use ::monotable::__private as __m;
    #[automatically_derived]
    impl __m::Index for Gsi1 {
        const DEF: &'static __m::IndexDef = &__m::IndexDef::new(
            "gsi1",
            ["gsi1pk", "gsi1sk"],
            __m::Projection::Include(&["status", "placed-at"]),
        );
        type Projection = __m::Include<Self>;
        type Keys = __m::TextKeys;
        type Scope = __m::Global;
    }
    #[automatically_derived]
    impl __m::Includes<__m::Name<288155257227649693588139658865903832546>> for Gsi1 {}
    #[automatically_derived]
    impl __m::Includes<__m::Name<225371152139179864258523426334969570431>> for Gsi1 {}
};
