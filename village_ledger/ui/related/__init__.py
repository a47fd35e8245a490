"""关联人登记: whom the people who run the village declared they are close to."""
