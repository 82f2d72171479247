const _: () = {
    use ::monotable::__private as __m;
    #[automatically_derived]
    impl __m::Index for ByKind {
        const DEF: &'static __m::IndexDef = &__m::IndexDef::new(
                "by_kind",
                ["by_kindpk", "by_kindsk"],
                __m::Projection::KeysOnly,
            )
            .local();
        type Projection = __m::KeysOnly<Self>;
        type Keys = __m::TextKeys;
        type Scope = __m::Local;
    }
    #[automatically_derived]
    impl __m::ConsistentReads for ByKind {}
};
