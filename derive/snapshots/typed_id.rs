const _: () = {
    use ::monotable::__private as __m;
    #[automatically_derived]
    impl<K> __m::KeyPart for Id<K>
    where
        K: Kind,
        Self: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
    {
        const CLASS: __m::Class = <Uuid as __m::KeyPart>::CLASS;
        type Kind = <Uuid as __m::KeyPart>::Kind;
        fn write(&self, __out: &mut __m::KeyWriter<'_>) -> __m::Result<()> {
            <Uuid as __m::KeyPart>::write(&self.0, __out)
        }
        fn read(__text: &__m::KeyText<'_>) -> __m::Result<Self> {
            ::core::result::Result::map(
                <Uuid as __m::KeyPart>::read(__text),
                |__value| Id {
                    0: __value,
                    1: ::core::marker::PhantomData,
                },
            )
        }
        fn is_exact(&self, __format: __m::Format) -> bool {
            <Uuid as __m::KeyPart>::is_exact(&self.0, __format)
        }
    }
    #[automatically_derived]
    impl<K, __U> __m::Bucketed<__U> for Id<K>
    where
        K: Kind,
        Uuid: __m::Bucketed<__U>,
    {
        type Bucket = <Uuid as __m::Bucketed<__U>>::Bucket;
        fn bucket(&self) -> Self::Bucket {
            <Uuid as __m::Bucketed<__U>>::bucket(&self.0)
        }
    }
};
